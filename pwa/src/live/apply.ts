/** Puts changes into the kept snapshot of a session. Pure: the same twice gives the same. */
import type { Change, Changes, Comment, Question, SessionLive } from "../lib/wire";

/** The snapshot after some changes; the very same object if they bring nothing new. */
export function apply(live: SessionLive, news: Changes): SessionLive {
  if (news.version <= live.version) return live;
  const next = news.changes.reduce((so, change) => applyOne(so, change, live.version), live);
  return { ...next, version: news.version, counts: counted(live, next) };
}

function applyOne(live: SessionLive, change: Change, since: number): SessionLive {
  switch (change.kind) {
    case "question":
      return { ...live, questions: replaced(live.questions, change.subject, change.item, since) };
    case "comment":
      return { ...live, comments: replaced(live.comments, change.subject, change.item, since) };
    case "current":
      return { ...live, current: change.item?.question ?? null };
    case "session":
      return change.item && "about" in change.item ? { ...live, session: change.item } : live;
    case "surgeon":
      return {
        ...live,
        surgeons: live.surgeons.flatMap((one) => (one.id !== change.subject ? [one] : (change.item ?? []))),
      };
    default:
      return live;
  }
}

/**
 * New ones in front (newest first), known ones in their place, gone ones out. An unknown one that was
 * shown before our version lies on a page further back: it is not new here.
 */
function replaced<T extends { id: string; shown: number }>(list: T[], id: string, item: T | null, since: number): T[] {
  const known = list.some((one) => one.id === id);
  if (!item) return known ? list.filter((one) => one.id !== id) : list;
  if (known) return list.map((one) => (one.id === id ? item : one));
  return item.shown > since ? [item, ...list].sort((a, b) => b.shown - a.shown) : list;
}

/** What the second snapshot has that the first has not. */
export function additions(before: SessionLive, after: SessionLive): (Question | Comment)[] {
  const known = new Set([...before.questions, ...before.comments].map((one) => one.id));
  return [...after.questions, ...after.comments].filter((one) => !known.has(one.id));
}

/** Counts move with what came and went; the pages further back are not known here. */
function counted(before: SessionLive, after: SessionLive): SessionLive["counts"] {
  const answered = (list: Question[]) => list.filter((one) => one.answers.length > 0).length;
  const moved = <T extends Question | Comment>(was: T[], is: T[]) => is.length - was.length;
  return {
    questions: Math.max(before.counts.questions + moved(before.questions, after.questions), 0),
    answered: Math.max(before.counts.answered + answered(after.questions) - answered(before.questions), 0),
    comments: Math.max(before.counts.comments + moved(before.comments, after.comments), 0),
  };
}
