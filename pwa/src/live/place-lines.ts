/**
 * Follows the lines of a day for those who hold a place or think of it. The numbers called are public, so a phone
 * sees its own turn in what everybody reads; the rest stands in sealed notes, read whenever the session's line moves,
 * and now and then.
 */
import { useEffect } from "preact/hooks";
import { hearLines, isOpen, ownPlaces } from "../bookings/own";
import { NoAnswer, Problem } from "../lib/http";
import { settings } from "../lib/settings";
import type { Changes, QueueLine } from "../lib/wire";
import { readNotes } from "../safety/notes";
import { follow } from "./follow";

/** Many phones hear of a line at once: they spread their reading over this long (ms). */
const SPREAD = 3000;
/** What moves without its line (a place that comes free and is taken at once) is read of after this long (ms). */
const LOOK_AGAIN = 20_000;

/** Keeps the lines of an event true while a page is open; `once`, as in quiet mode: reads them and rests. */
export function useLines(event: string | undefined, once = false): void {
  useEffect(() => (event ? followLines(event, once || settings.peek().quiet) : undefined), [event, once]);
}

/** Follows the lines of one event by its id. Answers how to stop. */
export function followLines(event: string, quiet: boolean): () => void {
  let version: number | null = null;
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const later = (sessions: Iterable<string>) => {
    for (const session of sessions) timers.add(setTimeout(() => void look(session), Math.random() * SPREAD));
  };
  const hear = (news: QueueLine[]) => {
    void hearLines(news);
    const ours = sessionsAt(event);
    later(news.map(({ session }) => session).filter((session) => ours.has(session)));
  };
  const again = setInterval(() => !quiet && !document.hidden && later(sessionsAt(event)), LOOK_AGAIN);
  const stop = follow({
    path: `events/${event}`,
    quiet,
    version: () => version,
    onSnapshot: (snapshot) => {
      version = snapshot.version;
      hear((snapshot as { lines?: QueueLine[] }).lines ?? []);
    },
    onChanges: (news: Changes) => {
      version = news.version;
      hear(news.changes.flatMap((change) => (change.kind === "line" && change.item ? [change.item] : [])));
    },
    onLine: () => undefined,
  });
  return () => {
    clearInterval(again);
    timers.forEach(clearTimeout);
    stop();
  };
}

/** The sessions of an event at which this phone has a place. */
const sessionsAt = (event: string): ReadonlySet<string> =>
  new Set(ownPlaces().flatMap((one) => (one.secret.event === event && isOpen(one) ? one.session.id : [])));

async function look(session: string): Promise<void> {
  try {
    await readNotes(session);
  } catch (reason) {
    // No network or a busy server: the next move of the line reads them.
    if (!(reason instanceof NoAnswer || reason instanceof Problem)) throw reason;
  }
}
