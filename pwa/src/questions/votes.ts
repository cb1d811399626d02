/** "Me too": one per phone and question; undoable; sent when it can be. */
import { signal } from "@preact/signals";
import { put, take } from "../lib/store";
import type { Question } from "../lib/wire";
import { onSettled } from "../safety/tidings";

/** Ids of questions this phone has said "me too" to. */
export const voted = signal<ReadonlySet<string>>(new Set());

/** What the tally was when somebody pressed, and what they did: until the server's number moves. */
const pressed = signal<ReadonlyMap<string, { readonly votes: number; readonly by: 1 | -1 }>>(new Map());

/** The last vote the server would not count. */
export const refusedVote = signal("");

const shelf = (event: string) => `voted:${event}`;

/** Reads what this phone voted, and has what casting takes at hand before the signal may go. */
const loading = new Map<string, Promise<void>>();

/** Reads what this phone voted for at an event, once. */
export function loadVotes(event: string): Promise<void> {
  const work = loading.get(event) ?? read(event);
  loading.set(event, work);
  return work;
}

async function read(event: string): Promise<void> {
  const kept = (await take<string[]>("keys", shelf(event))) ?? [];
  voted.value = new Set([...voted.peek(), ...kept]);
}

/** Votes, or takes the vote back. */
export async function toggle(question: Question, event: string): Promise<void> {
  await loadVotes(event);
  const on = !voted.peek().has(question.id);
  await mark(question.id, event, on);
  pressed.value = new Map(pressed.peek()).set(question.id, { votes: question.votes, by: on ? 1 : -1 });
  const { cast } = await import("./voting");
  await cast(question, event, on);
}

/** The tally as this phone sees it: its own press counts at once. */
export function tally(question: Question): number {
  const press = pressed.value.get(question.id);
  return press && press.votes === question.votes ? Math.max(0, question.votes + press.by) : question.votes;
}

async function mark(question: string, event: string, on: boolean): Promise<void> {
  const marks = new Set(voted.peek());
  if (on) marks.add(question);
  else marks.delete(question);
  voted.value = marks;
  await put("keys", shelf(event), [...marks]);
}

/** Hears of votes the server would not count and takes their mark away. Answers how to stop. */
export function hearRefusals(event: string): () => void {
  return onSettled((key, outcome) => {
    const question = key.slice("vote:".length);
    if (outcome === "taken" || !key.startsWith("vote:") || !voted.peek().has(question)) return;
    pressed.value = new Map([...pressed.peek()].filter(([id]) => id !== question));
    refusedVote.value = question;
    void mark(question, event, false);
  });
}
