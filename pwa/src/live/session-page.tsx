export function SessionPage(_props: { code: string }) {
  return null;
}
