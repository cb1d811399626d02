/**
 * What a phone of the door keeps: numbers fetched ahead, and what it has done until the server has it. One record
 * a key on the desk's shelf, so that every step is one write and a crash between two loses and doubles nothing.
 * "Forget this phone" wipes it with all else.
 */
import { all, put, remove, take } from "../../lib/store";
import type { Arrival, Outcome, Spare } from "./calls";

/** A number: to be given out, or given out (`order`) and on its way to the server. */
export interface KeptTicket extends Spare {
  readonly order?: number;
  readonly session?: string;
  readonly labels?: readonly string[];
  /** Why the server did not take it; somebody has to look. */
  readonly refused?: string;
}

/** Somebody came while there was no answer; `outcome` is what the server made of it, where somebody has to look. */
export interface KeptArrival {
  readonly ticket: number;
  readonly order?: number;
  readonly outcome?: Outcome;
}

/** Heads counted past this phone; `order` until the server has heard. */
export interface KeptHeads {
  readonly counter: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly order?: number;
  /** Why the server did not take them. */
  readonly refused?: string;
}

export interface Kept {
  readonly tickets: readonly KeptTicket[];
  readonly arrivals: readonly KeptArrival[];
  readonly heads: KeptHeads | null;
}

const SHELF = "desk";
const LOCK = "equalterms-door";
const top = (event: string) => `door:${event}:`;
const ticketKey = (event: string, id: string) => `${top(event)}ticket:${id}`;
const arrivalKey = (event: string, ticket: number) => `${top(event)}arrival:${ticket}`;
const headsKey = (event: string) => `${top(event)}heads`;

export async function keptAt(event: string): Promise<Kept> {
  const found = (await all<unknown>(SHELF)).filter(([key]) => key.startsWith(top(event)));
  const of = <T>(kind: string): T[] =>
    found.filter(([key]) => key.startsWith(`${top(event)}${kind}`)).map(([, value]) => value as T);
  return { tickets: of("ticket:"), arrivals: of("arrival:"), heads: of<KeptHeads>("heads")[0] ?? null };
}

/** What has not reached the server yet, in the order in which it was done. */
export function waitingOf({ tickets, arrivals, heads }: Kept): (KeptTicket | KeptArrival | KeptHeads)[] {
  const all = [...tickets, ...arrivals, ...(heads ? [heads] : [])];
  return all.filter(({ order }) => order !== undefined).sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

/** The next place in the order: no clock is read, so none can be wrong. */
const nextOrder = (kept: Kept): number => 1 + Math.max(0, ...waitingOf(kept).map(({ order }) => order ?? 0));

let last: Promise<unknown> = Promise.resolve();

/** One step at a time, in one tab at a time. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  // The lock's type knows nothing of what its callback answers.
  const locked = async () => (navigator.locks ? ((await navigator.locks.request(LOCK, work)) as T) : work());
  const done = last.then(locked, locked);
  last = done;
  return done;
}

export async function keepSpares(event: string, spares: readonly Spare[]): Promise<void> {
  for (const { id, ticket } of spares) await put(SHELF, ticketKey(event, id), { id, ticket } satisfies KeptTicket);
}

export const sparesOf = ({ tickets }: Kept): KeptTicket[] =>
  tickets.filter(({ order, refused }) => order === undefined && refused === undefined);

/** Gives out a number, one write; null where none is left. */
export function giveSpare(event: string, session: string, labels: readonly string[]): Promise<KeptTicket | null> {
  return alone(async () => {
    const kept = await keptAt(event);
    const spare = sparesOf(kept)[0];
    if (!spare) return null;
    const given: KeptTicket = { ...spare, session, labels, order: nextOrder(kept) };
    await put(SHELF, ticketKey(event, spare.id), given);
    return given;
  });
}

export function keepArrival(event: string, ticket: number): Promise<void> {
  return alone(async () => {
    const order = nextOrder(await keptAt(event));
    await put(SHELF, arrivalKey(event, ticket), { ticket, order } satisfies KeptArrival);
  });
}

/** Counts heads of one session up or down, never below none. Answers this phone's new count there. */
export function countHeads(event: string, session: string, by: number): Promise<number> {
  return alone(async () => {
    const kept = await keptAt(event);
    const { counter, counts } = kept.heads ?? { counter: crypto.randomUUID(), counts: {} };
    const heads = Math.max(0, (counts[session] ?? 0) + by);
    const next: KeptHeads = { counter, counts: { ...counts, [session]: heads }, order: nextOrder(kept) };
    await put(SHELF, headsKey(event), next);
    return heads;
  });
}

/** The server has it. */
export const dropTicket = (event: string, id: string): Promise<void> => remove(SHELF, ticketKey(event, id));
export const dropArrival = (event: string, ticket: number): Promise<void> => remove(SHELF, arrivalKey(event, ticket));

/** The server has heard of these counts, and may have refused them; what was counted meanwhile still waits. */
export function headsSent(event: string, sent: KeptHeads, refused?: string): Promise<void> {
  return alone(async () => {
    const now = await take<KeptHeads>(SHELF, headsKey(event));
    if (now?.order !== sent.order) return;
    const { counter, counts } = sent;
    await put(SHELF, headsKey(event), { counter, counts, ...(refused && { refused }) } satisfies KeptHeads);
  });
}

/** The server does not take it: it stays until somebody has looked. */
export async function refuseTicket(event: string, { id, ticket }: KeptTicket, refused: string): Promise<void> {
  await put(SHELF, ticketKey(event, id), { id, ticket, refused } satisfies KeptTicket);
}

/** A label was struck off meanwhile: better in the line without any than not at all. */
export async function withoutLabels(event: string, ticket: KeptTicket): Promise<void> {
  await put(SHELF, ticketKey(event, ticket.id), { ...ticket, labels: [] } satisfies KeptTicket);
}

export async function keepOutcome(event: string, { ticket, outcome }: Arrival): Promise<void> {
  await put(SHELF, arrivalKey(event, ticket), { ticket, outcome } satisfies KeptArrival);
}
