export function SurgeonPage(_props: { event: string; id: string }) {
  return null;
}
