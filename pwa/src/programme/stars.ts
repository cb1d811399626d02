/** Starred sessions: on this phone only. */
import { signal } from "@preact/signals";
import { all, put, remove } from "../lib/store";

export const stars = signal<ReadonlySet<string>>(new Set());

/** Brings the kept stars back. */
export async function loadStars(): Promise<void> {
  const kept = await all<true>("stars");
  stars.value = new Set([...kept.map(([id]) => id), ...stars.peek()]);
}

export function toggleStar(session: string): void {
  const next = new Set(stars.peek());
  const had = next.delete(session);
  if (!had) next.add(session);
  stars.value = next;
  void (had ? remove("stars", session) : put("stars", session, true));
}
