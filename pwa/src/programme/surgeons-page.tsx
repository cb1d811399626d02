export function SurgeonsPage(_props: { event: string }) {
  return null;
}
