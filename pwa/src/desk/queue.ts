/** What can be done with what is under review, by hand and by key. Pure functions. */
import { folded } from "../lib/text";
import type { ReviewState } from "../lib/wire";
import type { Act, BenchReview } from "./bench-calls";

/** A list a moderator looks at: what stands in one state, or what needs care or was reported. */
export type Lane = ReviewState | "care" | "reported";

export const LANES: readonly Lane[] = ["held", "care", "reported", "approved", "shown", "returned", "hidden", "merged"];

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
  held: ["show", "return", "hide", "merge"],
  approved: ["return", "hide", "merge"],
  shown: ["return", "hide", "merge"],
  returned: ["show"],
  hidden: ["show"],
  merged: ["unmerge"],
};

/** What may be decided on this very one. Only questions are joined; only what was reported is let stand. */
export function actsOn({ state, kind, kept, reports }: BenchReview): Act[] {
  const acts = ACTS[state].filter((act) => act !== "merge" || kind === "question");
  return state === "shown" && !kept && reports.length > 0 ? ["keep", ...acts] : acts;
}

/** What may be decided on several of a lane at once. */
export const actsTogether = (lane: Lane): Act[] =>
  lane === "care" ? [] : ACTS[lane === "reported" ? "shown" : lane].filter((act) => /^(show|return|hide)$/.test(act));

export type Step = Act | "next" | "back" | "close" | "undo" | "take" | "similar";

const KEYS: Readonly<Record<string, Step>> = {
  "1": "show",
  "2": "return",
  "3": "hide",
  "4": "merge",
  "5": "keep",
  j: "next",
  k: "back",
  u: "undo",
  t: "take",
  s: "similar",
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
export function joined<Item extends { id: string }>(first: readonly Item[], further: readonly Item[]): Item[] {
  const fresh = new Set(first.map(({ id }) => id));
  const rest = new Map(further.filter(({ id }) => !fresh.has(id)).map((item) => [item.id, item]));
  return [...first, ...rest.values()];
}

/** The id a number of steps from `current`; the first where `current` is not in the list. Never beyond the ends. */
export function stepped(reviews: readonly { id: string }[], current: string, by: number): string {
  const at = reviews.findIndex(({ id }) => id === current);
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), reviews.length - 1);
  return reviews[to]?.id ?? "";
}

/** What comes up when `gone` leave the list: what stood behind the current one, else what stood before it. */
export function afterwards(reviews: readonly { id: string }[], current: string, gone: ReadonlySet<string>): string {
  const at = Math.max(
    reviews.findIndex(({ id }) => id === current),
    0,
  );
  const stays = ({ id }: { id: string }) => !gone.has(id);
  return (reviews.slice(at).find(stays) ?? reviews.slice(0, at).reverse().find(stays))?.id ?? "";
}

/**
 * The questions `review` may be joined with: of the same audience, itself left out, those that hold every word
 * of `search`; the ones that share most words with it come first.
 */
export function targets(review: BenchReview, others: readonly BenchReview[], search: string): BenchReview[] {
  const own = wordsOf(review.text);
  const wanted = folded(search).split(/\s+/).filter(Boolean);
  const shared = ({ text }: BenchReview) => [...wordsOf(text)].filter((word) => own.has(word)).length;
  return others
    .filter(
      ({ id, kind, audience, text }) =>
        id !== review.id &&
        kind === "question" &&
        audience === review.audience &&
        wanted.every((word) => folded(text).includes(word)),
    )
    .sort((one, other) => shared(other) - shared(one));
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(folded(text).match(/[\p{L}\p{N}]{4,}/gu));
