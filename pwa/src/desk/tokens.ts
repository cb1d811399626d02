/**
 * The tokens of whoever is signed in. The access token lives in memory; the refresh token too, unless somebody
 * asked to stay signed in on this phone. A refresh token is exchanged for the next one under a lock, by one tab at
 * a time; where the answer was lost it works again for a minute.
 */
import { signal } from "@preact/signals";
import { type Answered, type Asked, Problem, send } from "../lib/http";
import { put, remove, take } from "../lib/store";
import type { Tokens } from "../lib/wire";
import { refresh } from "./token-calls";

/** Whether there are tokens to try. */
export const holding = signal(false);
/** The server took them from us: said once above the sign-in form. */
export const turnedAway = signal(false);

const KEY = "refresh";
const LOCK = "equalterms-tokens";
let access = "";
let held = "";
let stays = false;
let renewing: Promise<void> | null = null;

/** Holds new tokens; `stay` keeps the refresh token on this phone. */
export async function hold(tokens: Tokens, stay = stays): Promise<void> {
  access = tokens.access;
  held = tokens.refresh;
  stays = stay;
  if (stays) await put("desk", KEY, held);
  else await remove("desk", KEY);
  holding.value = true;
  turnedAway.value = false;
}

/** Forgets the tokens; answers the refresh token, which is worth spending. */
export async function drop(): Promise<string> {
  const spent = held;
  access = "";
  held = "";
  stays = false;
  holding.value = false;
  await remove("desk", KEY);
  return spent;
}

/** Whether the tokens outlive this page. */
export const stay = (): boolean => stays;

/** Takes up what this phone kept, if anything. */
export async function bringBack(): Promise<void> {
  const kept = await take<string>("desk", KEY);
  if (!kept || holding.peek()) return;
  held = kept;
  stays = true;
  holding.value = true;
}

/** One request as whoever is signed in. */
export const call = <T>(method: string, path: string, asked: Asked = {}): Promise<Answered<T>> =>
  withToken((authorization) => send<T>(method, path, { ...asked, authorization }));

/** Works with the header of whoever is signed in. An access token that has run out is renewed once, unseen. */
export async function withToken<T>(work: (authorization: string) => Promise<T>): Promise<T> {
  if (!access) await renew("");
  const used = access;
  try {
    return await work(`Bearer ${used}`);
  } catch (reason) {
    const over = reason instanceof Problem && reason.status === 401 && reason.code !== "wrong-sign-in";
    if (!over) throw reason;
    await renew(used);
    return work(`Bearer ${access}`);
  }
}

/** Gets tokens newer than `used`; everybody who waits shares one exchange. */
async function renew(used: string): Promise<void> {
  if (access && access !== used) return;
  renewing ??= alone(exchange).finally(() => {
    renewing = null;
  });
  await renewing;
}

async function exchange(): Promise<void> {
  // Another tab may have been first: the kept one is then the one that works.
  const token = stays ? await take<string>("desk", KEY) : held;
  if (!token) throw await lose(new Problem(401, { code: "signed-out" }));
  try {
    await hold(await refresh(token));
  } catch (reason) {
    if (reason instanceof Problem && reason.status === 401) throw await lose(reason);
    throw reason;
  }
}

async function lose(reason: Problem): Promise<Problem> {
  turnedAway.value = holding.peek() || turnedAway.peek();
  await drop();
  return reason;
}

async function alone(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(LOCK, work);
}
