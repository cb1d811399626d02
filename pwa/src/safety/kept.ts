/** Receipts and outbox as signals: what the pages draw from. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { all } from "../lib/store";
import type { Kind } from "./profile";
import { everyReceipt, type Receipt } from "./receipts";
import { hear } from "./tidings";

/** Every receipt on this phone. */
export const receipts = signal<readonly Receipt[]>([]);
/** What still waits to be sent: how often each was tried, by its key in the outbox. */
export const waiting = signal<ReadonlyMap<string, number>>(new Map());
/** Whether the two above have been read from the phone yet. */
export const read = signal(false);

let hearing = false;

/** Reads what this phone keeps, and goes on hearing of it. */
export async function readKept(): Promise<void> {
  if (!hearing) hear(() => void readKept());
  hearing = true;
  [receipts.value, waiting.value] = await Promise.all([everyReceipt(), waitingTries()]);
  read.value = true;
}

const waitingTries = async (): Promise<ReadonlyMap<string, number>> =>
  new Map((await all<{ tries: number }>("outbox")).map(([key, { tries }]) => [key, tries]));

/** Keeps the signals above true while a page is open. */
export function useKept(): void {
  useEffect(() => void readKept(), []);
}

/** Whether something waits and is not just on its way: there is no network, or it got no answer. */
export const isStuck = (key: string): boolean =>
  waiting.value.has(key) && (navigator.onLine === false || (waiting.value.get(key) ?? 0) > 0);

export const ofSession = (session: string, kind: Kind): readonly Receipt[] =>
  receipts.value.filter((receipt) => receipt.session.id === session && receipt.secret.kind === kind);
