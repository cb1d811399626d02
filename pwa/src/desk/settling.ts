/** Forms over something others may change too: what was typed is kept, and a change by somebody else is said. */
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../lib/http";
import { useDraft } from "./draft";
import { excuse, isLate } from "./reading";
import { t } from "./settings-words";

/** Which fields of `now` are not as they were in `before`. */
export function differing<T extends object>(before: T, now: T): (keyof T)[] {
  return (Object.keys(now) as (keyof T)[]).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]));
}

export interface Settling<T> {
  /** What the fields hold: the server's values under what was typed. Null until the phone has been asked. */
  readonly form: T | null;
  readonly write: (some: Partial<T>) => void;
  readonly errors: Readonly<Record<string, string>>;
  readonly said: { readonly text: string; readonly bad: boolean };
  readonly busy: boolean;
  /** Names of typed fields that somebody else has changed since they were read. */
  readonly clashes: readonly (keyof T)[];
  /** What stands there now, by somebody else. */
  readonly theirs: T;
  /** Gives up what was typed in one field for what stands there now. */
  readonly yield: (field: keyof T) => void;
  readonly dirty: boolean;
  readonly save: () => void;
  readonly drop: () => void;
}

interface Kept<T> {
  /** Only what was typed, with what stood there then. */
  readonly typed: Partial<T>;
  readonly over: Partial<T>;
}

/**
 * A form over `base`. `send` gets the typed fields alone, so that what others changed elsewhere stays; after a
 * 412 `reread` brings the present state and everything typed stays in the fields.
 */
export function useSettling<T extends object>(
  name: string,
  base: T,
  send: (typed: Partial<T>) => Promise<void>,
  reread: () => Promise<void>,
): Settling<T> {
  const draft = useDraft<Kept<T>>(name, { typed: {}, over: {} });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [said, setSaid] = useState({ text: "", bad: false });
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setErrors({});
    setSaid({ text: "", bad: false });
  }, [name]);
  const kept = draft.value;
  const typed = kept?.typed ?? {};
  const names = Object.keys(typed) as (keyof T)[];
  const write = (some: Partial<T>) => {
    const next = { ...base, ...typed, ...some };
    const left = differing(base, next);
    const pick = (from: T) => Object.fromEntries(left.map((field) => [field, from[field]])) as Partial<T>;
    draft.write({ typed: pick(next), over: { ...pick(base), ...kept?.over } });
  };
  const save = async () => {
    if (busy) return;
    setBusy(true);
    setErrors({});
    try {
      await send(typed);
      draft.drop();
      setSaid({ text: t("saved"), bad: false });
    } catch (reason) {
      if (isLate(reason)) await reread();
      setErrors(fieldsOf(reason));
      setSaid({ text: sentenceFor(reason), bad: true });
    }
    setBusy(false);
  };
  return {
    form: kept ? { ...base, ...typed } : null,
    write,
    errors,
    said,
    busy,
    clashes: names.filter((field) => JSON.stringify(kept?.over[field]) !== JSON.stringify(base[field])),
    theirs: base,
    yield: (field) => {
      const { [field]: _typed, ...left } = typed;
      const { [field]: _over, ...over } = kept?.over ?? {};
      draft.write({ typed: left as Partial<T>, over: over as Partial<T> });
    },
    dirty: names.length > 0,
    save: () => void save(),
    drop: draft.drop,
  };
}

const sentenceFor = (reason: unknown): string => (isLate(reason) ? t("meanwhile") : excuse(reason, t("offline")));

/** What stands at which field, by its first name: "help_lines.0.tel" stands at the help lines. */
function fieldsOf(reason: unknown): Record<string, string> {
  if (!(reason instanceof Problem)) return {};
  return Object.fromEntries(reason.errors.map(({ attr, detail }) => [attr.split(".")[0] ?? "", detail]));
}
