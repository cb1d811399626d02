export function AnswersPage(_props: { event: string }) {
  return null;
}
