export function HiddenPage() {
  return null;
}
