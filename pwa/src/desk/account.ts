/** Who is signed in here, and how one comes and goes. */
import { signal } from "@preact/signals";
import { NoAnswer, Problem } from "../lib/http";
import { put, remove, take } from "../lib/store";
import type { Me, OwnSurgeon, StaffRole } from "../lib/wire";
import { endEverywhere, fetchMe } from "./calls";
import { type Acceptance, accept, revoke, signInWith } from "./token-calls";
import { bringBack, drop, hold, holding, stay, turnedAway } from "./tokens";

/** starting: not known yet · in: signed in · out: nobody is */
export type Standing = "starting" | "in" | "out";

const started = signal(false);
const person = signal<Me | null>(null);
let starting: Promise<void> | null = null;

export const standing = (): Standing => {
  if (!started.value) return "starting";
  return holding.value && person.value ? "in" : "out";
};

/** Whoever is signed in, or null. */
export const me = (): Me | null => (holding.value ? person.value : null);

/** The roles of whoever is signed in at one event, by its slug, code or id. */
export const rolesAt = (event: string): StaffRole[] => atEvent(event).map(({ role }) => role);

const atEvent = (event: string): Me["roles"] =>
  me()?.roles.filter(({ event: { slug, code, id } }) => [slug, code, id].includes(event)) ?? [];

/** Whether all that somebody may do at an event is to decide in one session of it. */
export const narrowAt = (event: string): boolean => {
  const held = atEvent(event);
  return held.length > 0 && held.every(({ session }) => session);
};

/** The sessions in which alone somebody decides at an event. */
export const ownSessionsAt = (event: string): { id: string; code: string; title: string }[] =>
  atEvent(event).flatMap(({ session }) => (session ? [session] : []));

/** Signs in. Throws `Problem` for a wrong password, `NoAnswer` without a network. */
export async function signIn(email: string, password: string, remember: boolean): Promise<void> {
  await hold(await signInWith(email, password), remember);
  await lookWho();
}

/** Takes up an invitation and signs in. */
export async function join(acceptance: Acceptance, remember: boolean): Promise<void> {
  await hold(await accept(acceptance), remember);
  await lookWho();
}

/** Signs out here and spends the refresh token. What was typed stays on this phone. */
export async function signOut(): Promise<void> {
  const spent = await drop();
  person.value = null;
  turnedAway.value = false;
  await remove("desk", "me");
  try {
    if (spent) await revoke(spent);
  } catch (reason) {
    // It dies by itself in two weeks, and this phone has forgotten it.
    if (!mendable(reason)) throw reason;
  }
}

/** Signs out here and wherever else one is signed in. Throws where the server could not be told. */
export async function signOutEverywhere(): Promise<void> {
  await endEverywhere();
  await signOut();
}

/** Comes back with what this phone kept; without a network, as whoever was last seen here. */
export function comeBack(): Promise<void> {
  starting ??= start();
  return starting;
}

async function start(): Promise<void> {
  await bringBack();
  if (holding.peek()) {
    person.value = (await take<Me>("desk", "me")) ?? null;
    await lookWho().catch((reason) => {
      if (!mendable(reason)) throw reason;
    });
  }
  started.value = true;
}

/** Asks who is signed in: at first, and after roles or the profile changed. */
export async function lookWho(): Promise<void> {
  const found = await fetchMe();
  person.value = found;
  started.value = true;
  if (stay()) await put("desk", "me", found);
}

/** A profile that has just been changed. */
export function learnSurgeon(surgeon: OwnSurgeon): void {
  if (person.peek()) person.value = { ...(person.peek() as Me), surgeon };
}

const mendable = (reason: unknown): boolean => reason instanceof Problem || reason instanceof NoAnswer;
