/** What can be done with what is under review, by hand and by key. Pure functions. */
import type { Review, ReviewState } from "../lib/wire";
import type { Act } from "./calls";

export const STATES: readonly ReviewState[] = ["held", "approved", "shown", "returned", "hidden"];

export const REASONS = [
  "off-topic",
  "names-somebody",
  "unkind",
  "asked-already",
  "not-for-here",
  "needs-care",
  "other",
] as const;
export type Reason = (typeof REASONS)[number];

/** What may be decided on something in each state; the server has the same table. */
export const ACTS: Readonly<Record<ReviewState, readonly Act[]>> = {
  held: ["show", "return", "hide"],
  approved: ["return", "hide"],
  shown: ["return", "hide"],
  returned: ["show"],
  hidden: ["show"],
};

export type Step = Act | "next" | "back" | "close";

const KEYS: Readonly<Record<string, Step>> = {
  "1": "show",
  "2": "return",
  "3": "hide",
  j: "next",
  k: "back",
  escape: "close",
};

/** What a key asks for; null while somebody types, holds another key, or for keys that mean nothing here. */
export function stepOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "target">,
): Step | null {
  const step = KEYS[event.key.toLowerCase()] ?? null;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return null;
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  return typing && step !== "close" ? null : step;
}

/** The first page as it was last read, with the further pages, each once. */
export function joined(first: readonly Review[], further: readonly Review[]): Review[] {
  return [...new Map([...further, ...first].map((review) => [review.id, review])).values()].sort(
    (one, other) => placeOf(one, first, further) - placeOf(other, first, further),
  );
}

function placeOf(review: Review, first: readonly Review[], further: readonly Review[]): number {
  const at = first.findIndex(({ id }) => id === review.id);
  return at >= 0 ? at : first.length + further.findIndex(({ id }) => id === review.id);
}

/** The id a number of steps from `current`; the first where `current` is not in the list. Never beyond the ends. */
export function stepped(reviews: readonly Review[], current: string, by: number): string {
  const at = reviews.findIndex(({ id }) => id === current);
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), reviews.length - 1);
  return reviews[to]?.id ?? "";
}

/** What comes up when `gone` leave the list: what stood behind the current one, else what stood before it. */
export function afterwards(reviews: readonly Review[], current: string, gone: ReadonlySet<string>): string {
  const at = reviews.findIndex(({ id }) => id === current);
  const behind = reviews.slice(Math.max(at, 0)).find(({ id }) => !gone.has(id));
  const before = reviews
    .slice(0, Math.max(at, 0))
    .reverse()
    .find(({ id }) => !gone.has(id));
  return (behind ?? before)?.id ?? "";
}
