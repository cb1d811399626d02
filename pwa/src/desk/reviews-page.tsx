export function ReviewsPage(_props: { event: string }) {
  return null;
}
