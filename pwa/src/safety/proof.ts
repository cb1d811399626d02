/**
 * Proof of work, the price of an anonymous act. A challenge is fetched ahead, at most one an act and session, and
 * solved ahead in a worker once somebody opens the composer; under pressure it takes thousands of tries.
 */
import { NoAnswer } from "../lib/http";
import type { Proof } from "../lib/wire";
import { fetchChallenge } from "./calls";
import { type Parameters, type Solution, solve } from "./solve";
import { proverAddress } from "./workers";

export type Act = "ask" | "vote" | "say" | "book" | "report";

export type Challenge =
  | { readonly type: "none" }
  | { readonly type?: never; readonly parameters: Parameters; readonly signature: string };

/** Challenges live 20 minutes; an older one than this is not worth solving. */
const FRESH = 15 * 60_000;

interface Ahead {
  readonly at: number;
  readonly challenge: Promise<Challenge>;
  proof?: Promise<Proof>;
}

const ahead = new Map<string, Ahead>();
/** Where a composer is open. */
const wanted = new Set<string>();

/** Gets a challenge before it is needed: when a session page opens, never when somebody starts to type. */
export function prefetch(act: Act, session: string): void {
  const key = `${act} ${session}`;
  if (fresh(key)) return;
  const made = { at: Date.now(), challenge: fetchChallenge(act, session) };
  ahead.set(key, made);
  made.challenge.catch(() => ahead.get(key) === made && ahead.delete(key)); // the sending asks again
  if (wanted.has(key)) solveAhead(key);
}

/** Solves what was fetched ahead, now or as soon as it is there: when the composer opens. It makes no request. */
export function prepare(act: Act, session: string): void {
  wanted.add(`${act} ${session}`);
  solveAhead(`${act} ${session}`);
}

function solveAhead(key: string): void {
  const kept = fresh(key);
  if (!kept || kept.proof) return;
  kept.proof = kept.challenge.then(proofOf);
  kept.proof.catch(() => undefined); // the sending asks and solves again
}

/** A proof for one sending; a challenge is used once. Throws as `get` does, or RangeError if it cannot be solved. */
export async function prove(act: Act, session: string, tag?: string): Promise<Proof> {
  if (tag) return proofOf(await fetchChallenge(act, session, tag));
  const key = `${act} ${session}`;
  const kept = fresh(key);
  ahead.delete(key);
  const solved = await kept?.proof?.catch(() => null);
  if (solved) return solved;
  const waits = kept?.proof ? undefined : kept?.challenge;
  return proofOf(await (waits ?? fetchChallenge(act, session)));
}

function fresh(key: string): Ahead | undefined {
  const kept = ahead.get(key);
  return kept && Date.now() - kept.at < FRESH ? kept : undefined;
}

/** The work a challenge asks for. Throws RangeError if it cannot be solved. */
export async function proofOf(challenge: Challenge): Promise<Proof> {
  if (challenge.type === "none") return { type: "none" };
  const solution = (await solveAside(challenge.parameters)) ?? (await solve(challenge.parameters));
  return { type: "pow", payload: btoa(JSON.stringify({ challenge, solution })) };
}

/** Solved in a worker of its own, which ends with the page; null where there is none or it fails: then the page solves. */
function solveAside(asked: Parameters): Promise<Solution | null> {
  return new Promise((done, fail) => {
    let worker: Worker;
    try {
      worker = new Worker(proverAddress() as string);
    } catch {
      return done(null); // no workers here
    }
    const end = (say: () => void) => {
      worker.terminate();
      removeEventListener("pagehide", left);
      say();
    };
    const left = () => end(() => fail(new NoAnswer("the page went")));
    addEventListener("pagehide", left);
    worker.onmessage = ({ data }: MessageEvent<Solution | null>) => end(() => done(data));
    worker.onerror = () => end(() => done(null));
    worker.postMessage(asked);
  });
}
