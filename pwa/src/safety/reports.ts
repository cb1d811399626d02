/** What this phone has reported, so that it can be taken back; and what became of it. */
import { signal } from "@preact/signals";
import { put, take } from "../lib/store";
import { type Outcome, onSettled } from "./tidings";

export const REASONS = ["unkind", "names-somebody", "worried", "advert", "other"] as const;
export type ReportReason = (typeof REASONS)[number];

/** A shown question or comment. */
export interface Subject {
  readonly kind: "question" | "comment";
  readonly id: string;
  readonly session: string;
  readonly event: string;
}

/** Why this phone reported what, by the id of the subject. */
export const reported = signal<ReadonlyMap<string, ReportReason>>(new Map());
/** The last reports that were not counted, by the id of the subject. */
export const uncounted = signal<ReadonlyMap<string, Outcome>>(new Map());

const SHELF = "reported";
const PREFIX = "report:";
export const reportKey = (subject: string) => PREFIX + subject;

let reading: Promise<void> | undefined;

/** Reads what this phone reported, once, and goes on hearing what becomes of it. */
export function loadReports(): Promise<void> {
  reading ??= read();
  return reading;
}

async function read(): Promise<void> {
  onSettled(hear);
  const kept = await take<ReadonlyMap<string, ReportReason>>("keys", SHELF);
  reported.value = new Map([...(kept ?? []), ...reported.peek()]);
}

/** Remembers a report; null: it was taken back. */
export async function mark(subject: string, reason: ReportReason | null): Promise<void> {
  const marks = new Map(reported.peek());
  if (reason) marks.set(subject, reason);
  else marks.delete(subject);
  reported.value = marks;
  await put("keys", SHELF, marks);
}

/** Says of one whether it was counted. */
export function tellUncounted(subject: string, outcome: Outcome | null): void {
  const rest = new Map(uncounted.peek());
  if (outcome) rest.set(subject, outcome);
  else rest.delete(subject);
  uncounted.value = rest;
}

function hear(key: string, outcome: Outcome): void {
  const subject = key.slice(PREFIX.length);
  if (!key.startsWith(PREFIX) || outcome === "taken" || !reported.peek().has(subject)) return;
  tellUncounted(subject, outcome);
  void mark(subject, null);
}
