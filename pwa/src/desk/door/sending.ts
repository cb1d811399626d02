/**
 * Sends what the door has done, in order, one step at a time, while a page of the desk is open. Every step may be
 * told twice: a number is put under its own id, who has come stays come, and a counter tells its own totals.
 */
import { signal } from "@preact/signals";
import { NoAnswer, Problem } from "../../lib/http";
import { rolesAt } from "../account";
import { type Arrival, arrive, fetchSpares, giveOut, sendHeads } from "./calls";
import {
  dropArrival,
  dropTicket,
  headsSent,
  type Kept,
  type KeptArrival,
  type KeptHeads,
  type KeptTicket,
  keepArrival,
  keepOutcome,
  keepSpares,
  keptAt,
  refuseTicket,
  sparesOf,
  waitingOf,
  withoutLabels,
} from "./kept";

const LOCK = "equalterms-door-sending";
/** Numbers on the phone: so many last a door through a long gap. */
const WANTED = 12;
const FEW = 9;
const MOST = 100;
/** How long somebody at the door waits for an answer before the phone says that it has none (ms). */
const PATIENCE = 4_000;

/** What this phone keeps for an event's door, as it was last read; by the event's id. */
export const keptNow = signal<ReadonlyMap<string, Kept>>(new Map());
/** offline: no answer · refused: the server lets this person do nothing at the door */
export const standing = signal<"well" | "offline" | "refused">("well");

/** Check-ins that were heard of later than somebody waited for them. */
export const heardLate = signal<readonly Arrival[]>([]);

/** Those who wait for the outcome of one check-in on this screen. */
const awaited = new Map<number, (arrival: Arrival) => void>();
/** Not before this moment (ms): the server asked for a pause. */
let pausedUntil = 0;
const running = new Map<string, Promise<void>>();
const after = new Map<string, Promise<void>>();

export async function look(event: string): Promise<Kept> {
  const kept = await keptAt(event);
  keptNow.value = new Map(keptNow.peek()).set(event, kept);
  return kept;
}

/** Somebody has come. Answers what the server made of it, or null if nothing is heard soon: then it waits here. */
export async function admit(event: string, ticket: number): Promise<Arrival | null> {
  await keepArrival(event, ticket);
  const heard = new Promise<Arrival>((done) => awaited.set(ticket, done));
  const late = new Promise<null>((done) => setTimeout(() => done(null), PATIENCE));
  const arrival = await Promise.race([heard, late, flush(event).then(() => null)]);
  awaited.delete(ticket);
  return arrival;
}

/** Sends what waits, then fetches numbers ahead. Safe to call at any time. */
export function flush(event: string): Promise<void> {
  const work = running.get(event);
  if (!work) return start(event);
  // What came in while it was running may have come too late for it: once more, for all who ask meanwhile.
  let next = after.get(event);
  if (!next) {
    const go = () => {
      after.delete(event);
      return flush(event);
    };
    next = work.then(go, go);
    after.set(event, next);
  }
  return next;
}

function start(event: string): Promise<void> {
  const work = alone(() => sendAll(event)).finally(() => running.delete(event));
  running.set(event, work);
  return work;
}

async function alone(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(LOCK, work);
}

async function sendAll(event: string): Promise<void> {
  if (Date.now() < pausedUntil) return void (await look(event));
  // To whoever has no role here the server denies that there is anything: that must not look like an answer.
  if (!rolesAt(event).some((role) => role === "door" || role === "organiser")) {
    standing.value = "refused";
    return void (await look(event));
  }
  try {
    for (;;) {
      const kept = await look(event);
      const [first] = waitingOf(kept);
      if (!first) break;
      await sendOne(event, kept, first);
    }
    await fetchAhead(event);
    standing.value = "well";
  } catch (reason) {
    stopped(reason);
  }
  await look(event);
}

async function fetchAhead(event: string): Promise<void> {
  const spares = sparesOf(await look(event)).length;
  if (spares >= FEW) return;
  try {
    await keepSpares(event, await fetchSpares(event, WANTED - spares));
  } catch (reason) {
    // Enough lie ready at other doors, or the day is over: that holds up nothing else.
    if (!(reason instanceof Problem && reason.status === 409)) throw reason;
  }
}

/** What waits keeps waiting: until there is a network, a pause is over, or somebody else signs in. */
function stopped(reason: unknown): void {
  if (reason instanceof NoAnswer) standing.value = "offline";
  else if (!(reason instanceof Problem)) throw reason;
  else if (reason.status === 403 || reason.status === 404) standing.value = "refused";
  else pausedUntil = Date.now() + (reason.retryAfter ?? 3) * 1000;
}

async function sendOne(event: string, kept: Kept, first: KeptTicket | KeptArrival | KeptHeads): Promise<void> {
  if ("counter" in first) {
    await tellHeads(event, first);
  } else if ("id" in first) await sendTicket(event, first);
  else await sendArrivals(event, kept);
}

async function sendTicket(event: string, ticket: KeptTicket): Promise<void> {
  try {
    await giveOut(event, ticket.id, ticket.session as string, ticket.labels ?? []);
  } catch (reason) {
    if (!(reason instanceof Problem) || !isAnswer(reason)) throw reason;
    if (reason.status === 400 && ticket.labels?.length) return withoutLabels(event, ticket);
    // Nobody but this phone has the id: it was heard before, and things have gone on since.
    if (reason.code !== "ticket-used") return refuseTicket(event, ticket, reason.message);
  }
  await dropTicket(event, ticket.id);
}

/** Whether the server has made up its mind about this one thing. */
const isAnswer = ({ status }: Problem): boolean => [400, 404, 409, 410].includes(status);

async function tellHeads(event: string, heads: KeptHeads): Promise<void> {
  try {
    await sendHeads(event, heads.counter, heads.counts);
  } catch (reason) {
    if (!(reason instanceof Problem) || !isAnswer(reason)) throw reason;
    return headsSent(event, heads, reason.message);
  }
  await headsSent(event, heads);
}

/** All who came since the last number was given out, in one go. */
async function sendArrivals(event: string, kept: Kept): Promise<void> {
  const waiting = waitingOf(kept);
  const others = waiting.findIndex((one) => "counter" in one || "id" in one);
  const batch = (others < 0 ? waiting : waiting.slice(0, others)).slice(0, MOST) as KeptArrival[];
  const tickets = batch.map(({ ticket }) => ticket);
  const answers = await arrive(event, tickets).catch((reason) => {
    if (!(reason instanceof Problem) || !isAnswer(reason)) throw reason;
    return [];
  });
  for (const ticket of tickets) {
    const answer = answers.find((one) => one.ticket === ticket);
    await settle(event, answer ?? { ticket, outcome: "over", session: null });
  }
}

/** What went well needs nobody; for what did not, somebody has to look. */
async function settle(event: string, arrival: Arrival): Promise<void> {
  const tell = awaited.get(arrival.ticket);
  const well = arrival.outcome === "arrived" || arrival.outcome === "here-already";
  if (tell || well) await dropArrival(event, arrival.ticket);
  else await keepOutcome(event, arrival);
  if (tell) tell(arrival);
  else if (well) heardLate.value = [arrival, ...heardLate.peek()].slice(0, 3);
}
