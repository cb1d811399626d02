/** Thanks, same here, strength: each once a phone and comment; undoable; sent when it can be. */
import { signal } from "@preact/signals";
import { put, take } from "../lib/store";
import type { Comment, ReactionKind } from "../lib/wire";
import { onSettled } from "../safety/tidings";

export const KINDS: readonly ReactionKind[] = ["thanks", "same", "strength"];

const markOf = (id: string, kind: ReactionKind) => `${id}:${kind}`;

/** What this phone has said to which comment, as "comment:kind". */
const given = signal<ReadonlySet<string>>(new Set());
/** What the tally was when somebody pressed, and what they did: until the server's number moves. */
const pressed = signal<ReadonlyMap<string, { readonly count: number; readonly by: 1 | -1 }>>(new Map());
/** The last one the server would not count. */
export const refused = signal("");

const shelf = (event: string) => `reacted:${event}`;

export async function loadReactions(event: string): Promise<void> {
  given.value = new Set((await take<string[]>("keys", shelf(event))) ?? []);
}

export const hasGiven = (comment: Comment, kind: ReactionKind): boolean => given.value.has(markOf(comment.id, kind));

/** Says it, or takes it back. */
export async function toggle(comment: Comment, kind: ReactionKind, event: string): Promise<void> {
  const key = markOf(comment.id, kind);
  const on = !given.peek().has(key);
  refused.value = "";
  await mark(key, event, on);
  pressed.value = new Map(pressed.peek()).set(key, { count: comment.reactions[kind], by: on ? 1 : -1 });
  const { react } = await import("./reacting");
  await react(comment, kind, event, on);
}

/** The tally as this phone sees it: its own press counts at once. */
export function tally(comment: Comment, kind: ReactionKind): number {
  const count = comment.reactions[kind];
  const press = pressed.value.get(markOf(comment.id, kind));
  return press && press.count === count ? Math.max(0, count + press.by) : count;
}

async function mark(key: string, event: string, on: boolean): Promise<void> {
  const marks = new Set(given.peek());
  if (on) marks.add(key);
  else marks.delete(key);
  given.value = marks;
  await put("keys", shelf(event), [...marks]);
}

/** Hears of those the server would not count and takes their mark away. Answers how to stop. */
export function hearRefusals(event: string): () => void {
  return onSettled((outboxKey, outcome) => {
    const key = outboxKey.slice("react:".length);
    if (outcome === "taken" || !outboxKey.startsWith("react:") || !given.peek().has(key)) return;
    pressed.value = new Map([...pressed.peek()].filter(([one]) => one !== key));
    refused.value = key.split(":")[0] ?? "";
    void mark(key, event, false);
  });
}
