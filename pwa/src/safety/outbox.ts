/**
 * Words and votes wait here until the server has them: through no signal, restarts and refusals. One item at
 * a time, in no order, some seconds apart, so that what one phone sends does not arrive in a row. Repeating is
 * harmless: every address holds an id made on the phone.
 */
import { del, NoAnswer, Problem, patch, post, put as putTo } from "../lib/http";
import { all, put, remove, take } from "../lib/store";
import type { Accepted, Booked } from "../lib/wire";
import { dropCode, keepCode } from "./code";
import { random } from "./profile";
import { type Act, prove } from "./proof";
import { learn, type News, standingOf } from "./receipts";
import { type Outcome, tell, tellSettled } from "./tidings";

export interface Item {
  /** One item a key: a later one replaces an earlier one that has not left. */
  readonly key: string;
  readonly lane: "words" | "votes";
  readonly method: "PUT" | "PATCH" | "POST" | "DELETE";
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | null;
  /** What the proof is for; it is fetched when the item is sent. */
  readonly proof: { readonly act: Act; readonly session: string; readonly tag?: string } | null;
  readonly authorization?: string;
  /** The receipt that hears what became of it. */
  readonly receipt?: string;
  /** The event whose code of the day the body carries. */
  readonly coded?: string;
  /** What that receipt learns besides, once the server has taken the item. */
  readonly news?: News;
}

interface Waiting extends Item {
  readonly stamp: string;
  readonly tries: number;
  /** Not before this moment (ms). */
  readonly next: number;
  /** Whether the last try got no answer: then a new network is reason enough to try again. */
  readonly lost: boolean;
}

const LOCK = "equalterms-outbox";
const LONGEST = 150_000;
/** A page opened with no network may never be told that it came back (Firefox): so look, which costs nothing. */
const LOOK_AGAIN = 5_000;
const GAP = { least: 5_000, most: 60_000 };
let timer: ReturnType<typeof setTimeout> | undefined;
let running: Promise<void> | null = null;
let again = false;
let eager = false;

/** Keeps an item until the server has it and starts sending. Answers whether it outlives this page. */
export async function enqueue(item: Item): Promise<boolean> {
  const kept = await put("outbox", item.key, {
    ...item,
    stamp: String(random(8)),
    tries: 0,
    next: 0,
    lost: false,
  } satisfies Waiting);
  tell();
  startOutbox();
  void flush();
  return kept;
}

/** Takes back what has not left; null if it is gone already, else how often it was tried. */
export async function takeBack(key: string): Promise<{ readonly tries: number } | null> {
  return alone(async () => {
    const item = await take<Waiting>("outbox", key);
    if (!item) return null;
    await remove("outbox", key);
    tell();
    return { tries: item.tries };
  });
}

/**
 * Sends what is due, one item, and sees to the rest by itself. Safe to call at any time, from any tab and
 * from the worker. `fresh`: the network may be back, so what got no answer is tried again at once.
 */
export function flush(how: { readonly fresh?: boolean } = {}): Promise<void> {
  eager ||= how.fresh ?? false;
  again = running !== null;
  running ??= work().finally(() => {
    running = null;
    if (again) void flush();
  });
  return running;
}

let stop: (() => void) | null = null;
/** Stopped while it was sending: what is left waits for the next start. */
let stopped = false;

/** Flushes now and whenever the network or the page comes back. Once a page; answers how to stop. */
export function startOutbox(): () => void {
  if (stop) return stop;
  stopped = false;
  const fresh = () => void flush({ fresh: true });
  const seen = () => document.visibilityState === "visible" && fresh();
  addEventListener("online", fresh);
  document.addEventListener("visibilitychange", seen);
  fresh();
  stop = () => {
    stop = null;
    stopped = true;
    clearTimeout(timer);
    removeEventListener("online", fresh);
    document.removeEventListener("visibilitychange", seen);
  };
  return stop;
}

async function work(): Promise<void> {
  clearTimeout(timer);
  const pause = await alone(step);
  if (pause !== null && !stopped) timer = setTimeout(() => void flush(), pause);
}

/** Sends at most one item; answers in how many ms there is more to do, null for nothing. */
async function step(): Promise<number | null> {
  const items = (await all<Waiting>("outbox")).map(([, item]) => item);
  if (items.length === 0) return null;
  if (navigator.onLine === false) return LOOK_AGAIN;
  eager &&= items.some(({ lost }) => lost);
  const from = await Promise.all(items.map(dueAt));
  const due = items.filter((_, at) => (from[at] ?? 0) <= Date.now());
  const words = due.filter(({ lane }) => lane === "words");
  const chosen = pick(words.length ? words : due);
  if (!chosen) return Math.max(0, Math.min(...from) - Date.now());
  const hurried = eager;
  eager = false; // what is told of the network while this is under way counts for the next try
  const reached = await sendOne(chosen);
  eager ||= hurried && reached;
  const left = (await all<Waiting>("outbox")).map(([, item]) => item);
  if (reached) await spread(left, chosen.lane);
  tell();
  return left.length > 0 ? 1 : null;
}

async function dueAt(item: Waiting): Promise<number> {
  const gap = (await take<number>("keys", `gap:${item.lane}`)) ?? 0;
  const own = eager && item.lost ? 0 : item.next;
  return Math.max(own, Math.min(gap, Date.now() + GAP.most)); // a clock that was set back must not hold words
}

/** Words wait for words; votes wait for both. What is alone goes at once. */
async function spread(left: readonly Waiting[], sent: Item["lane"]): Promise<void> {
  const until = Date.now() + GAP.least + chance(GAP.most - GAP.least);
  const lanes = sent === "words" ? (["words", "votes"] as const) : (["votes"] as const);
  for (const lane of lanes) {
    if (left.some((item) => item.lane === lane)) await put("keys", `gap:${lane}`, until);
  }
}

/** Answers whether the server was reached. */
async function sendOne(item: Waiting): Promise<boolean> {
  try {
    const proof = item.proof && (await prove(item.proof.act, item.proof.session, item.proof.tag));
    const body = item.body && { ...item.body, ...(proof && { proof }) };
    const asked = item.authorization ? { authorization: item.authorization } : {};
    const answer = item.method === "DELETE" ? await del<undefined>(item.path, asked) : await write(item, body, asked);
    await taken(item, answer.body);
  } catch (reason) {
    if (reason instanceof Problem && reason.code === "wrong-join-code" && item.body?.code) return sendUncoded(item);
    if (reason instanceof Problem) await answered(item, reason);
    else await later(item, null, reason instanceof NoAnswer);
    return reason instanceof Problem;
  }
  return true;
}

/** The organisers changed their code meanwhile, or dropped it: nobody's words come back for that. */
async function sendUncoded({ coded = "", ...item }: Waiting): Promise<boolean> {
  const { code: _, ...body } = item.body ?? {};
  if (coded) await dropCode(coded);
  if (await unchanged(item)) await put("outbox", item.key, { ...item, body });
  return sendOne({ ...item, body });
}

type Answer = Partial<(Accepted | Booked) & { counted: boolean; ticket: number | null }>;
const WRITES = { PUT: putTo, PATCH: patch, POST: post } as const;

function write(item: Waiting, body: unknown, asked: { authorization?: string }) {
  return WRITES[item.method as keyof typeof WRITES]<Answer | undefined>(item.path, body, asked);
}

async function taken(item: Waiting, { state = "held", ticket, counted }: Answer = {}): Promise<void> {
  if (item.coded) await keepCode(item.coded, String(item.body?.code));
  const fate: News =
    item.method === "DELETE"
      ? { standing: "withdrawn" }
      : { standing: standingOf(state), ...(ticket && { ticket }), ...item.news };
  await settle(item, counted === false ? "stands" : "taken", { ...fate, refusal: "" });
}

async function answered(item: Waiting, problem: Problem): Promise<void> {
  const { status, code } = problem;
  if (code === "already-asked") return taken(item);
  if (status === 410 || (status === 404 && (item.method === "DELETE" || !item.receipt)))
    return settle(item, "gone", { standing: "withdrawn", refusal: "" });
  const busy = status === 408 || status === 429 || status >= 500 || code === "questions-paused";
  const worthAgain = busy || (code.startsWith("proof") && item.tries < 6);
  if (worthAgain) return later(item, problem.retryAfter, false);
  // The words stay on the receipt with the reason. What was never taken goes back to be changed.
  const refusal = problem.errors[0]?.detail ?? problem.message;
  await settle(item, "refused", item.method === "PUT" ? { standing: "refused", refusal } : { refusal });
}

async function settle(item: Waiting, outcome: Outcome, news: News): Promise<void> {
  if (!(await unchanged(item))) return;
  await remove("outbox", item.key);
  if (item.receipt) await learn(item.receipt, news);
  tellSettled(item.key, outcome);
}

async function later(item: Waiting, seconds: number | null, lost: boolean): Promise<void> {
  const wait = Math.max((seconds ?? 0) * 1000, Math.min(1_000 * 2 ** item.tries, LONGEST));
  // A busy server asks a whole room for the same pause: they must not all come back in one moment.
  const next = Date.now() + wait + chance(Math.min(wait, GAP.most));
  if (await unchanged(item))
    await put("outbox", item.key, { ...item, tries: item.tries + 1, next, lost } satisfies Waiting);
}

/** Somebody may have changed their mind while it was on its way: then the newer item stays. */
async function unchanged(item: Waiting): Promise<boolean> {
  return (await take<Waiting>("outbox", item.key))?.stamp === item.stamp;
}

let last: Promise<unknown> = Promise.resolve();

/** One tab or worker at a time; where the browser has no locks, one thing at a time in this page. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  last = navigator.locks ? navigator.locks.request(LOCK, work) : last.then(work, work);
  // The lock's type knows nothing of what its callback answers.
  return last as Promise<T>;
}

const chance = (below: number): number => Math.floor(((random(2)[0] ?? 0) / 256) * below);

function pick<T>(from: readonly T[]): T | undefined {
  return from[chance(from.length)];
}
