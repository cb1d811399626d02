export function PeoplePage(_props: { event: string }) {
  return null;
}
