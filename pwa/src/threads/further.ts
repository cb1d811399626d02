/** The thread beyond the newest comments of the snapshot, page by page, kept true by the same changes. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { on } from "../journal/bell";
import { NoAnswer, Problem } from "../lib/http";
import type { Change, Comment } from "../lib/wire";
import { fetchPage, listPath, type Sort } from "./calls";

interface Pages {
  readonly sort: Sort;
  readonly found: readonly Comment[];
  /** undefined: the first page was not fetched yet · null: there are no more. */
  readonly next: string | null | undefined;
}

export interface Further {
  readonly comments: readonly Comment[];
  /** Whether some are not loaded. */
  readonly more: boolean;
  /** Reading forwards, what is missing lies before this version; reading backwards, at the end. */
  readonly gapBefore: number;
  readonly busy: boolean;
  readonly failed: boolean;
  readonly load: () => void;
  /** Brings single comments in, for somebody who came by their address. */
  readonly add: (comments: readonly Comment[]) => void;
}

const NONE = { found: [], next: undefined };

/** The snapshot's comments joined with the pages fetched in this order. `more` null: there are no others. */
export function useFurther(session: string, newest: readonly Comment[], more: string | null, sort: Sort): Further {
  const [pages, setPages] = useState<Pages>({ sort, ...NONE });
  const [single, setSingle] = useState<readonly Comment[]>([]);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const current = pages.sort === sort ? pages : { sort, ...NONE };

  const load = () => {
    setBusy(true);
    fetchPage(current.next ?? listPath(session, sort))
      .then(({ results, next }) => setPages({ sort, found: [...current.found, ...results], next }))
      .then(
        () => setFailed(false),
        (reason) => {
          if (!(reason instanceof NoAnswer || reason instanceof Problem)) throw reason;
          setFailed(true);
        },
      )
      .finally(() => setBusy(false));
  };
  useEffect(() => {
    if (more !== null && sort === "oldest") load(); // the beginning lies beyond the newest ones
  }, [session, sort, more === null]);
  useEffect(
    () =>
      on("comment", (topic, change) => {
        if (topic !== session) return;
        setPages((was) => ({ ...was, found: changed(was.found, change) }));
        setSingle((was) => changed(was, change));
      }),
    [session],
  );

  const comments = useMemo(() => joined(newest, [...current.found, ...single]), [newest, pages, single, sort]);
  const met = current.next === null || current.found.some(({ id }) => newest.some((one) => one.id === id));
  return {
    comments,
    more: more !== null && !met,
    gapBefore: Math.min(...newest.map(({ shown }) => shown)),
    busy,
    failed,
    load,
    add: (some) => setSingle((was) => [...was, ...some]),
  };
}

function changed(found: readonly Comment[], change: Change): readonly Comment[] {
  if (change.kind !== "comment") return found;
  return found.flatMap((one) => (one.id === change.subject ? (change.item ?? []) : [one]));
}

/** The snapshot is followed live, so its form of a comment wins. */
export function joined(newest: readonly Comment[], found: readonly Comment[]): readonly Comment[] {
  return [...new Map([...found, ...newest].map((comment) => [comment.id, comment])).values()];
}
