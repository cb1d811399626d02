/** What this page did in the last ten minutes and can put back; the audit list knows the rest. */
import { signal } from "@preact/signals";
import { tick } from "../lib/tick";
import type { ReviewState } from "../lib/wire";
import type { Act } from "./bench-calls";

export interface Undoable {
  /** The line of the audit list. */
  readonly line: string;
  readonly act: Act;
  readonly review: string;
  /** The first words of what it was about. */
  readonly text: string;
  /** Where it goes back to. */
  readonly from: ReviewState;
  readonly event: string;
  /** When it is too late (ms). */
  readonly until: number;
}

/** A little less than the server's ten minutes, so that Undo is never offered in vain. */
export const LONG_ENOUGH = 9.5 * 60_000;

const done = signal<readonly Undoable[]>([]);

/** What can still be undone at this event, the latest first. */
export const undoables = (event: string): readonly Undoable[] => {
  const now = Math.max(tick.value, Date.now());
  return done.value.filter((one) => one.event === event && one.until > now);
};

export function rememberToUndo(one: Omit<Undoable, "until">): void {
  done.value = [{ ...one, until: Date.now() + LONG_ENOUGH }, ...done.peek()].slice(0, 50);
}

/** It was undone, or no longer can be. */
export function forgetToUndo(line: string): void {
  done.value = done.peek().filter((one) => one.line !== line);
}
