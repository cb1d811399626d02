export function AskPage(_props: { code: string }) {
  return null;
}
