export function DayPage(_props: { event: string }) {
  return null;
}
