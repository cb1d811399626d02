/** What can be read off the printed day: now and next, clashes, order, search. Pure functions. */
import { folded } from "../lib/text";
import { clock, dayKey } from "../lib/time";
import type { EventDay, SessionCard } from "../lib/wire";

const starts = (session: SessionCard) => Date.parse(session.starts);
const ends = (session: SessionCard) => Date.parse(session.ends);
const planned = (session: SessionCard) => session.state === "planned";

export interface Moment {
  now: SessionCard[];
  /** The sessions that start next, all at the same time, on the same day or a later one. */
  next: SessionCard[];
  phase: "before" | "during" | "over";
}

/** What is on at a moment, and what comes next. */
export function nowAndNext(sessions: SessionCard[], now: number): Moment {
  const there = sessions.filter(planned);
  const coming = there.filter((one) => starts(one) > now);
  const first = Math.min(...coming.map(starts));
  const current = there.filter((one) => starts(one) <= now && now < ends(one));
  const next = coming.filter((one) => starts(one) === first);
  const begun = there.some((one) => starts(one) <= now);
  return { now: current, next, phase: !begun ? "before" : current.length || next.length ? "during" : "over" };
}

/** The first other starred session at the same time, if any. */
export function clash(
  session: SessionCard,
  sessions: SessionCard[],
  stars: ReadonlySet<string>,
): SessionCard | undefined {
  if (!stars.has(session.id) || !planned(session)) return undefined;
  return sessions.find(
    (other) =>
      other.id !== session.id &&
      stars.has(other.id) &&
      planned(other) &&
      starts(other) < ends(session) &&
      starts(session) < ends(other),
  );
}

/** The calendar days of the programme, as printed. */
export function days(sessions: SessionCard[]): string[] {
  return [...new Set(sessions.map((one) => one.day))].sort();
}

/** The day to open the programme at: today if the event is on, else its first. */
export function openingDay(event: EventDay, now: number): string {
  const all = days(event.sessions);
  const today = dayKey(now, event.timezone);
  return all.find((day) => day >= today) ?? all[0] ?? today;
}

export interface Group {
  key: string;
  name: string;
  sessions: SessionCard[];
}

const inTime = (a: SessionCard, b: SessionCard) =>
  starts(a) - starts(b) || (a.room?.name ?? "").localeCompare(b.room?.name ?? "") || a.title.localeCompare(b.title);

/** Sessions under the hour they start in ("14:00"), days apart. */
export function byHour(sessions: SessionCard[], zone: string): Group[] {
  return grouped([...sessions].sort(inTime), (one) => `${one.day} ${clock(one.starts, zone).slice(0, 2)}:00`);
}

/** Sessions under their room, rooms in the printed order, those without a room last. */
export function byRoom(sessions: SessionCard[], rooms: { id: string; name: string }[], none: string): Group[] {
  const order = new Map(rooms.map((room, at) => [room.name, at]));
  const groups = grouped([...sessions].sort(inTime), (one) => one.room?.name ?? none);
  return groups.sort((a, b) => (order.get(a.key) ?? Infinity) - (order.get(b.key) ?? Infinity));
}

function grouped(sessions: SessionCard[], keyOf: (session: SessionCard) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const session of sessions) {
    const key = keyOf(session);
    const group = groups.get(key) ?? { key, name: key, sessions: [] };
    group.sessions.push(session);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export interface Filter {
  words: string;
  kind: string;
  track: string;
  room: string;
  onlyStars: boolean;
}

export const NO_FILTER: Filter = { words: "", kind: "", track: "", room: "", onlyStars: false };

/** What a session can be found by, folded once for each copy of the day. */
const haystacks = new WeakMap<SessionCard, string>();

function haystack(session: SessionCard): string {
  let text = haystacks.get(session);
  if (text === undefined) {
    const people = session.surgeons.map((one) => one.name).join(" ");
    text = folded([session.title, session.subtitle, session.track, session.room?.name, session.code, people].join(" "));
    haystacks.set(session, text);
  }
  return text;
}

/** The sessions that fit: every word must occur, in any order, accents and case aside. */
export function sift(sessions: SessionCard[], filter: Filter, stars: ReadonlySet<string>): SessionCard[] {
  const words = folded(filter.words).split(/\s+/).filter(Boolean);
  return sessions.filter(
    (one) =>
      (!filter.kind || one.kind === filter.kind) &&
      (!filter.track || one.track === filter.track) &&
      (!filter.room || one.room?.id === filter.room) &&
      (!filter.onlyStars || stars.has(one.id)) &&
      words.every((word) => haystack(one).includes(word)),
  );
}

/** Cuts a list into pieces of at most `size`. */
export function pieces<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}
