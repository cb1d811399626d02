/** The review queue as one moderator sees it: which list, which item, and what becomes of decisions. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../lib/http";
import {
  type Act,
  type BenchReview,
  type Decision,
  decide,
  decideMany,
  decideSimilar,
  type Reviews,
  reviewsPath,
  undo,
} from "./bench-calls";
import { fetchPage } from "./calls";
import { keepDraft } from "./draft";
import { afterwards, joined, type Lane, stepped } from "./queue";
import { excuse, type StaffCopy, useStaff } from "./reading";
import { t } from "./reviews-words";
import { forgetToUndo, rememberToUndo, type Undoable } from "./undoing";

const EVERY = 4000;

/** Why, or with what: what a form adds to a decision. */
export type Why = Pick<Decision, "reason" | "note" | "into">;

export interface Queue {
  readonly copy: StaffCopy<Reviews>;
  readonly reviews: readonly BenchReview[];
  /** What is on the screen, though it may have left the list. */
  readonly current: BenchReview | undefined;
  /** The current one has left the list without us. */
  readonly gone: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly said: { readonly text: string; readonly bad: boolean };
  readonly busy: boolean;
  readonly more: (() => void) | null;
  readonly pick: (id: string) => void;
  readonly step: (by: number) => void;
  readonly choose: (ids: readonly string[]) => void;
  /** Decides on the chosen ones, or on the current one. Answers whether it was done. */
  readonly decide: (act: Act, why?: Why) => Promise<boolean>;
  readonly decideSimilar: (act: "return" | "hide", reason: string, note: string) => Promise<boolean>;
  readonly undo: (one: Undoable) => Promise<boolean>;
  /** Changes something about the current one that decides nothing; `leaves`: it goes from this list. */
  readonly mend: (work: () => Promise<unknown>, text: string, leaves?: boolean) => Promise<boolean>;
}

interface Further {
  readonly path: string;
  readonly reviews: readonly BenchReview[];
  readonly next: string | null | undefined;
}

export function useQueue(event: string, lane: Lane, session: string): Queue {
  const path = reviewsPath(event, lane, session);
  const copy = useStaff<Reviews>(path, EVERY);
  const [pages, setFurther] = useState<Further>({ path, reviews: [], next: undefined });
  const further = pages.path === path ? pages : { path, reviews: [], next: undefined };
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState({ text: "", bad: false });
  const [busy, setBusy] = useState(false);
  const shown = useRef<{ path: string; review: BenchReview | undefined }>({ path, review: undefined });

  const reviews = joined(copy.value?.results ?? [], further.reviews).filter(({ id }) => !done.has(id));
  if (shown.current.path !== path) shown.current = { path, review: undefined };
  const still = reviews.find(({ id }) => id === shown.current.review?.id);
  shown.current.review = still ?? shown.current.review ?? reviews[0];
  const current = shown.current.review;
  const [, redraw] = useState(0);
  const pick = (id: string) => {
    shown.current.review = reviews.find((review) => review.id === id);
    redraw((n) => n + 1);
  };
  useEffect(() => {
    setDone(new Set());
    setChosen(new Set());
  }, [path]);

  const settle = (ids: readonly string[], text: string) => {
    const leaving = new Set([...done, ...ids]);
    const next = afterwards(reviews, current?.id ?? "", leaving);
    setDone(leaving);
    setChosen(new Set());
    setSaid({ text, bad: false });
    pick(next);
    for (const id of [...ids, "several"]) void keepDraft(`decide:${id}`, undefined);
    void copy.again(); // whoever works by key does not wait for the list
  };
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      return true;
    } catch (reason) {
      const superseded = reason instanceof Problem && reason.code === "review-superseded";
      setSaid({ text: superseded ? t("superseded") : excuse(reason, t("offline")), bad: true });
      if (superseded) await copy.again();
      return false;
    } finally {
      setBusy(false);
    }
  };
  const one = async ({ id, text, state }: BenchReview, act: Act, why: Why) => {
    const after = await decide(id, { act, seen: state, ...why });
    if (after.act) rememberToUndo({ line: after.act, act, review: id, text, from: state, event });
    settle([id], t(act === "keep" ? "didkeep" : `did${after.state}`));
  };
  const many = async (ids: readonly string[], act: Act, why: Why) => {
    const seen = lane === "care" || lane === "reported" ? "shown" : lane;
    const { done: taken, refused } = await decideMany(event, ids, { act, seen, ...why });
    const left = refused.length > 0 ? ` ${t("notMany", { n: refused.length })}` : "";
    settle(taken, t("didMany", { n: taken.length }) + left);
  };
  const next = further.next === undefined ? (copy.value?.next ?? null) : further.next;
  return {
    copy,
    reviews,
    current,
    chosen,
    said,
    busy,
    pick,
    gone: current !== undefined && !reviews.some(({ id }) => id === current.id) && copy.standing === "fresh",
    more: next ? () => void run(() => load(next)) : null,
    step: (by) => pick(stepped(reviews, current?.id ?? "", by)),
    choose: (ids) => setChosen(new Set(ids)),
    decide: (act, why = {}) =>
      run(async () => {
        if (chosen.size > 0) await many([...chosen], act, why);
        else if (current) await one(current, act, why);
      }),
    decideSimilar: (act, reason, note) =>
      run(async () => {
        if (!current) return;
        const { done: n } = await decideSimilar(current.id, act, reason, note);
        void keepDraft(`decide:similar:${current.id}`, undefined);
        settle([current.id], t("didMany", { n }));
      }),
    undo: (what) =>
      run(async () => {
        try {
          await undo(what.line);
        } catch (reason) {
          if (reason instanceof Problem) forgetToUndo(what.line);
          throw reason;
        }
        forgetToUndo(what.line);
        setDone(new Set([...done].filter((id) => id !== what.review)));
        setSaid({ text: t("undone", { lane: t(what.from) }), bad: false });
        void copy.again();
      }),
    mend: (work, text, leaves = false) =>
      run(async () => {
        await work();
        if (leaves && current) settle([current.id], text);
        else {
          setSaid({ text, bad: false });
          void copy.again();
        }
      }),
  };

  async function load(address: string): Promise<void> {
    const page = await fetchPage<BenchReview>(address);
    setFurther({ path, reviews: [...further.reviews, ...page.results], next: page.next });
  }
}
