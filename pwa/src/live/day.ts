/** Follows the printed day: rooms that change and sessions that move reach the kept copy at once. */
import { copyOf, learn, refresh } from "../lib/copies";
import { settings } from "../lib/settings";
import type { Change, Changes, EventDay, EventLive } from "../lib/wire";
import { eventPath } from "../programme/calls";
import { counts, present } from "../programme/counts";
import { follow } from "./follow";

/** Follows one event by its slug. Answers how to stop. */
export function followDay(slug: string): () => void {
  // In quiet mode the day is read when its page is opened, and stands still.
  if (settings.peek().quiet) return () => {};
  const path = eventPath(slug);
  const day = copyOf<EventDay>(path);
  let version: number | null = null;
  const onSnapshot = (snapshot: { version: number }) => {
    const live = snapshot as EventLive;
    version = live.version;
    counts.value = new Map(live.sessions.map((one) => [one.id, one]));
    present.value = new Map(live.here.map((one) => [one.surgeon, one]));
    if (day.peek().value && day.peek().value?.version !== live.day) void refresh(path);
  };
  const onChanges = (news: Changes) => {
    if (version !== null && news.version <= version) return;
    version = news.version;
    const before = day.peek().value;
    const after = before && news.changes.reduce(reprint, before);
    if (after && after !== before) learn(path, after);
    for (const { kind, subject, item } of news.changes) {
      if (kind === "counts" && item) counts.value = new Map(counts.peek()).set(subject, item);
      if (kind === "presence") {
        const there = new Map(present.peek());
        there.delete(subject);
        present.value = item ? there.set(subject, item) : there;
      }
    }
  };
  const topic = { path: `events/${encodeURIComponent(slug)}`, version: () => version };
  return follow({ ...topic, onSnapshot, onChanges, onLine: () => undefined });
}

/** The printed day after one change; the very same object if it does not touch the print. */
export function reprint(day: EventDay, change: Change): EventDay {
  switch (change.kind) {
    case "event":
      return change.item ? { ...day, ...change.item } : day;
    case "session":
      return { ...day, sessions: swapped(day.sessions, change.subject, change.item) };
    case "room":
      return { ...day, rooms: swapped(day.rooms, change.subject, change.item) };
    case "surgeon":
      return { ...day, surgeons: swapped(day.surgeons, change.subject, change.item) };
    default:
      return day;
  }
}

function swapped<T extends { id: string }>(list: T[], id: string, item: T | null): T[] {
  const rest = list.filter((one) => one.id !== id);
  if (!item) return rest;
  return rest.length < list.length ? list.map((one) => (one.id === id ? item : one)) : [...list, item];
}
