export function LostPage() {
  return null;
}
