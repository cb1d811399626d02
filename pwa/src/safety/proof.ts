/**
 * Proof of work, the price of an anonymous act: an ALTCHA v2 challenge solved by the engine's own PBKDF2.
 * The engine derives off the page's thread, so no worker is needed, and the service worker can prove too.
 */
import type { Proof } from "../lib/wire";
import { type Bytes, hex, unhex } from "./bytes";
import { fetchChallenge } from "./calls";

export type Act = "ask" | "vote" | "say" | "book" | "report";

export type Parameters = {
  readonly algorithm: string;
  readonly nonce: string;
  readonly salt: string;
  readonly cost: number;
  readonly keyLength: number;
  readonly keyPrefix: string;
};

export type Challenge =
  | { readonly type: "none" }
  | { readonly type?: never; readonly parameters: Parameters; readonly signature: string };

/** Challenges live 20 minutes; an older one than this is not worth solving. */
const FRESH = 15 * 60_000;
const fetched = new Map<string, { readonly at: number; readonly challenge: Promise<Challenge> }>();

/** Gets a challenge before it is needed: when a session page opens, never when somebody starts to type. */
export function prefetch(act: Act, session: string): void {
  if (fresh(`${act} ${session}`)) return;
  const challenge = fetchChallenge(act, session);
  fetched.set(`${act} ${session}`, { at: Date.now(), challenge });
  challenge.catch(() => fetched.delete(`${act} ${session}`)); // the sending asks again
}

/** A proof for one sending; a challenge is used once. Throws as `get` does, or RangeError if it cannot be solved. */
export async function prove(act: Act, session: string, tag?: string): Promise<Proof> {
  const key = `${act} ${session}`;
  const kept = tag ? undefined : fresh(key);
  fetched.delete(key);
  const challenge = await (kept?.challenge ?? fetchChallenge(act, session, tag));
  if (challenge.type === "none") return { type: "none" };
  const solution = await solve(challenge.parameters);
  return { type: "pow", payload: btoa(JSON.stringify({ challenge, solution })) };
}

function fresh(key: string) {
  const kept = fetched.get(key);
  return kept && Date.now() - kept.at < FRESH ? kept : undefined;
}

export type Solution = { readonly counter: number; readonly derivedKey: string };

/** The lowest counter whose key starts as asked. Only PBKDF2 is known: a server that asks another is refused. */
export async function solve(asked: Parameters, limit = 1_000_000): Promise<Solution> {
  if (!asked.algorithm.startsWith("PBKDF2/")) throw new RangeError(`unknown proof: ${asked.algorithm}`);
  const nonce = unhex(asked.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const view = new DataView(password.buffer);
  for (let counter = 0; counter < limit; counter++) {
    view.setUint32(nonce.length, counter);
    const derivedKey = hex(await keyOf(asked, password));
    if (derivedKey.startsWith(asked.keyPrefix.toLowerCase())) return { counter, derivedKey };
  }
  throw new RangeError("the challenge has no solution");
}

async function keyOf({ algorithm, salt, cost, keyLength }: Parameters, password: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const hash = algorithm.split("/")[1] ?? "";
  const bits = { name: "PBKDF2", salt: unhex(salt), iterations: cost, hash };
  return new Uint8Array(await crypto.subtle.deriveBits(bits, key, keyLength * 8));
}
