/** The review queue as one moderator sees it: which list, which item, and what becomes of decisions. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../lib/http";
import type { Page, Review, ReviewState } from "../lib/wire";
import { type Act, decide, decideMany, fetchPage, reviewsPath } from "./calls";
import { keepDraft } from "./draft";
import { afterwards, joined, type Reason, stepped } from "./queue";
import { excuse, type StaffCopy, useStaff } from "./reading";
import { t } from "./reviews-words";

const EVERY = 4000;

export interface Queue {
  readonly copy: StaffCopy<Page<Review>>;
  readonly reviews: readonly Review[];
  /** What is on the screen, though it may have left the list. */
  readonly current: Review | undefined;
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
  readonly decide: (act: Act, reason?: Reason, note?: string) => Promise<boolean>;
}

interface Further {
  readonly path: string;
  readonly reviews: readonly Review[];
  readonly next: string | null | undefined;
}

export function useQueue(event: string, state: ReviewState, session: string): Queue {
  const path = reviewsPath(event, state, session);
  const copy = useStaff<Page<Review>>(path, EVERY);
  const [pages, setFurther] = useState<Further>({ path, reviews: [], next: undefined });
  const further = pages.path === path ? pages : { path, reviews: [], next: undefined };
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState({ text: "", bad: false });
  const [busy, setBusy] = useState(false);
  const shown = useRef<{ path: string; review: Review | undefined }>({ path, review: undefined });

  const first = copy.value?.results ?? [];
  const reviews = joined(first, further.reviews).filter(({ id }) => !done.has(id));
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
  const one = async (review: Review, act: Act, reason?: Reason, note?: string) => {
    const after = await decide(review.id, { act, seen: review.state, reason, note });
    settle([review.id], t(`did${after.state}`));
  };
  const many = async (ids: readonly string[], act: Act, reason?: Reason, note?: string) => {
    const { done: taken, refused } = await decideMany(event, ids, { act, seen: state, reason, note });
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
    decide: (act, reason, note) =>
      run(async () => {
        if (chosen.size > 0) await many([...chosen], act, reason, note);
        else if (current) await one(current, act, reason, note);
      }),
  };

  async function load(address: string): Promise<void> {
    const page = await fetchPage<Review>(address);
    setFurther({ path, reviews: [...further.reviews, ...page.results], next: page.next });
  }
}
