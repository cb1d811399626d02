/** What staff read: never kept on the phone, asked for again while somebody looks. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Copy } from "../lib/copies";
import { NoAnswer, Problem } from "../lib/http";
import { call } from "./tokens";

export interface StaffCopy<T> extends Copy<T> {
  /** Names the version that was read; sent with a change. */
  readonly etag: string | null;
  readonly again: () => Promise<void>;
  /** Puts in what a change of ours has made of it. */
  readonly learn: (value: T, etag?: string | null) => void;
}

type Read<T> = Omit<StaffCopy<T>, "again" | "learn">;

const NOTHING: Read<never> = { value: undefined, at: 0, standing: "loading", problem: null, etag: null };

/** Reads an address, and again every `every` ms while the page is in sight. Null waits. */
export function useStaff<T>(path: string | null, every = 0): StaffCopy<T> {
  const [read, setRead] = useState<Read<T> & { path: string | null }>({ ...NOTHING, path });
  const latest = useRef<Read<T> & { path: string | null }>(read);
  if (latest.current.path !== path) latest.current = { ...NOTHING, path };
  const put = (some: Partial<Read<T>>, of: string | null) => {
    if (latest.current.path !== of) return;
    latest.current = { ...latest.current, ...some };
    setRead(latest.current);
  };
  const again = async () => {
    if (path === null) return;
    put(await ask<T>(path, latest.current), path);
  };
  useEffect(() => {
    void again();
    if (!every) return;
    const look = () => !document.hidden && void again();
    const timer = setInterval(look, every);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [path, every]);
  const learn = (value: T, etag = latest.current.etag) => put({ value, etag, at: Date.now(), standing: "fresh" }, path);
  return { ...latest.current, again, learn };
}

async function ask<T>(path: string, before: Read<T>): Promise<Partial<Read<T>>> {
  try {
    const answer = await call<T>("GET", path, { etag: before.value === undefined ? null : before.etag });
    const value = answer.status === 304 ? before.value : answer.body;
    return { value, etag: answer.etag ?? before.etag, at: Date.now(), standing: "fresh", problem: null } as Partial<
      Read<T>
    >;
  } catch (reason) {
    if (reason instanceof NoAnswer) return { standing: "offline" };
    if (!(reason instanceof Problem)) throw reason;
    if (reason.status === 404 || reason.status === 410)
      return { value: undefined, standing: "gone", problem: reason } as Partial<Read<T>>;
    return { standing: "trouble", problem: reason };
  }
}

/** Somebody else was first: what was read has changed since. */
export const isLate = (reason: unknown): reason is Problem => reason instanceof Problem && reason.status === 412;

/** What a refused or unanswered change says to whoever made it. */
export function excuse(reason: unknown, offline: string): string {
  if (reason instanceof NoAnswer) return offline;
  if (isLate(reason)) return reason.message;
  if (reason instanceof Problem) return reason.errors[0]?.detail ?? reason.message;
  throw reason;
}
