/**
 * Copies of public pages kept on this phone: shown at once, then checked with the server. Every page
 * reads through here, so every page opens offline and can say from when it is.
 */
import { type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { get, NoAnswer, Problem } from "./http";
import { put, remove, take } from "./store";

/**
 * loading: nothing to show yet · checking: an old copy is shown · fresh: the server agrees ·
 * offline: no answer · trouble: the server refused or failed · gone: there is no such thing (any more)
 */
export type Standing = "loading" | "checking" | "fresh" | "offline" | "trouble" | "gone";

export interface Copy<T> {
  value: T | undefined;
  /** When the server last vouched for it (ms), 0 if never. */
  at: number;
  standing: Standing;
  problem: Problem | null;
}

interface Kept<T> {
  body: T;
  etag: string | null;
  at: number;
}

const copies = new Map<string, Signal<Copy<unknown>>>();
const etags = new Map<string, string | null>();
const running = new Map<string, Promise<void>>();

/** The copy of an address. Reading it starts nothing. */
export function copyOf<T>(path: string): Signal<Copy<T>> {
  let copy = copies.get(path);
  if (!copy) {
    copy = signal<Copy<unknown>>({ value: undefined, at: 0, standing: "loading", problem: null });
    copies.set(path, copy);
  }
  return copy as Signal<Copy<T>>;
}

/** Shows what is kept, then asks the server. Never throws; two calls at once share one request. */
export function refresh(path: string): Promise<void> {
  let work = running.get(path);
  if (!work) {
    work = check(path).finally(() => running.delete(path));
    running.set(path, work);
  }
  return work;
}

/** So long a fresh copy is not asked for again by the next page that shows it (ms). */
const STILL_FRESH = 5_000;

/** The copy of an address, shown from this phone and then checked; a later change redraws the caller. */
export function useCopy<T>(path: string): Copy<T> {
  useEffect(() => {
    const { standing, at } = copyOf(path).peek();
    if (standing !== "fresh" || Date.now() - at > STILL_FRESH) void refresh(path);
  }, [path]);
  return copyOf<T>(path).value;
}

/** The kept copy alone, without asking the server. */
export async function keptCopy<T>(path: string): Promise<T | undefined> {
  await fromPhone(path);
  return copyOf<T>(path).value.value;
}

/** Replaces the copy with something newer that came another way (a stream), and keeps it. */
export function learn<T>(path: string, body: T): void {
  const at = Date.now();
  etags.set(path, null);
  copyOf<T>(path).value = { value: body, at, standing: "fresh", problem: null };
  void put("copies", path, { body, etag: null, at } satisfies Kept<T>);
}

async function fromPhone(path: string): Promise<void> {
  const copy = copyOf(path);
  if (copy.peek().value !== undefined) return;
  const kept = await take<Kept<unknown>>("copies", path);
  if (!kept || copy.peek().value !== undefined) return;
  etags.set(path, kept.etag);
  copy.value = { value: kept.body, at: kept.at, standing: "checking", problem: null };
}

async function check(path: string): Promise<void> {
  const copy = copyOf(path);
  await fromPhone(path);
  try {
    const known = copy.peek().value === undefined ? null : (etags.get(path) ?? null);
    const answer = await get<unknown>(path, { etag: known });
    const at = Date.now();
    const body = answer.status === 304 ? copy.peek().value : answer.body;
    const etag = answer.etag ?? known;
    etags.set(path, etag);
    copy.value = { value: body, at, standing: "fresh", problem: null };
    void put("copies", path, { body, etag, at } satisfies Kept<unknown>);
  } catch (reason) {
    await failed(path, reason);
  }
}

async function failed(path: string, reason: unknown): Promise<void> {
  const copy = copyOf(path);
  if (reason instanceof Problem && (reason.status === 404 || reason.status === 410)) {
    await remove("copies", path);
    copy.value = { value: undefined, at: 0, standing: "gone", problem: reason };
  } else if (reason instanceof Problem) {
    copy.value = { ...copy.peek(), standing: "trouble", problem: reason };
  } else if (reason instanceof NoAnswer) {
    copy.value = { ...copy.peek(), standing: "offline", problem: null };
  } else throw reason;
}
