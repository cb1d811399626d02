/** What staff are writing: kept on this phone through reload, back, crash and sign-out; wiped by "Leave quickly". */
import { useEffect, useRef, useState } from "preact/hooks";
import { put, remove, take } from "../lib/store";

const keyOf = (name: string) => `desk:${name}`;

export interface Draft<T> {
  /** Null until the phone has been asked. */
  readonly value: T | null;
  readonly write: (value: T) => void;
  /** It was sent, or is not wanted: back to the beginning. */
  readonly drop: () => void;
}

/** A draft by its name; `empty` is what it is before anything was written, and is not kept. */
export function useDraft<T>(name: string, empty: T): Draft<T> {
  const [value, setValue] = useState<T | null>(null);
  const blank = useRef(JSON.stringify(empty));
  useEffect(() => {
    let left = false;
    // What somebody, or their browser, filled in meanwhile is newer than what was kept.
    void take<T>("drafts", keyOf(name)).then((kept) => !left && setValue((typed) => typed ?? kept ?? empty));
    return () => {
      left = true;
      setValue(null);
    };
  }, [name]);
  const write = (next: T) => {
    setValue(next);
    void keepDraft(name, JSON.stringify(next) === blank.current ? undefined : next);
  };
  return { value, write, drop: () => write(empty) };
}

/** Keeps a draft; undefined is not kept. */
export const keepDraft = (name: string, value: unknown): Promise<unknown> =>
  value === undefined ? remove("drafts", keyOf(name)) : put("drafts", keyOf(name), value);
