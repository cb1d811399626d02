export function ProgrammePage(_props: { event: string }) {
  return null;
}
