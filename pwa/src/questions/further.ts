/** Questions beyond the newest ones of the snapshot, page by page, kept true by the same changes. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { on } from "../journal/bell";
import { NoAnswer, Problem } from "../lib/http";
import type { Change, Question } from "../lib/wire";
import { fetchPage, listPath, type Sort } from "./calls";

interface Pages {
  readonly sort: Sort;
  readonly found: readonly Question[];
  /** undefined: the first page was not fetched yet. */
  readonly next: string | null | undefined;
}

export interface Further {
  readonly questions: readonly Question[];
  readonly next: boolean;
  readonly busy: boolean;
  readonly failed: boolean;
  readonly load: () => void;
}

/** The snapshot's questions joined with the pages fetched in this order. `more` null: there are no others. */
export function useFurther(session: string, newest: readonly Question[], more: string | null, sort: Sort): Further {
  const [pages, setPages] = useState<Pages>({ sort, found: [], next: undefined });
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const current = pages.sort === sort ? pages : { sort, found: [], next: undefined };

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
    if (more !== null && sort !== "newest") load(); // the most wanted may be older than the newest 40
  }, [session, sort, more === null]);
  useEffect(
    () =>
      on(
        "question",
        (topic, change) => topic === session && setPages((was) => ({ ...was, found: changed(was.found, change) })),
      ),
    [session],
  );

  const questions = useMemo(() => joined(newest, current.found), [newest, pages, sort]);
  return { questions, next: more !== null && current.next !== null, busy, failed, load };
}

function changed(found: readonly Question[], change: Change): readonly Question[] {
  if (change.kind !== "question") return found;
  return found.flatMap((one) => (one.id === change.subject ? (change.item ?? []) : [one]));
}

/** The snapshot is followed live, so its form of a question wins. */
function joined(newest: readonly Question[], found: readonly Question[]): readonly Question[] {
  const known = new Set(newest.map(({ id }) => id));
  return [...newest, ...found.filter(({ id }) => !known.has(id))];
}
