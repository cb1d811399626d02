/** Where a session stands on the plan, and where it could: pure functions. Moments are milliseconds. */
import { dayKey } from "../../../lib/time";
import type { EventDay, SessionCard } from "../../../lib/wire";
import { momentOf, wallOf } from "../../moment";

export const QUARTER = 15 * 60_000;
const HOUR = 4 * QUARTER;

/** `room` is its id, "" for none. */
export interface Place {
  readonly starts: number;
  readonly ends: number;
  readonly room: string;
}

const iso = (moment: number) => new Date(moment).toISOString().replace(".000Z", "Z");

export const placeOf = ({ starts, ends, room }: Pick<SessionCard, "starts" | "ends" | "room">): Place => ({
  starts: Date.parse(starts),
  ends: Date.parse(ends),
  room: room?.id ?? "",
});

/** What is sent to have a session there. */
export const bodyOf = ({ starts, ends, room }: Place) => ({ starts: iso(starts), ends: iso(ends), room: room || null });

export const isSame = (one: Place, other: Place) =>
  one.starts === other.starts && one.ends === other.ends && one.room === other.room;

/** As long as before. */
export const startingAt = (place: Place, starts: number): Place => ({
  ...place,
  starts,
  ends: place.ends + starts - place.starts,
});

/** So many quarters of an hour later (or earlier), as the clock has them: five past goes on to a quarter past. */
export function stepped(place: Place, steps: number): Place {
  if (!steps) return place;
  const whole = steps > 0 ? Math.floor : Math.ceil;
  return startingAt(place, (whole(place.starts / QUARTER) + steps) * QUARTER);
}

/** In the next of `rooms`; in the last, it stays. */
export function beside(place: Place, rooms: readonly string[], steps: number): Place {
  return { ...place, room: rooms[rooms.indexOf(place.room) + steps] ?? place.room };
}

/** At the same time of the clock on another day ("2026-11-22") at the venue. */
export const onDay = (place: Place, day: string, zone: string): Place =>
  startingAt(place, Date.parse(momentOf(`${day}T${wallOf(iso(place.starts), zone).slice(11)}`, zone)));

type Times = Pick<EventDay, "starts" | "ends" | "timezone">;

const MOST_DAYS = 31;

/** Every day of an event, and every other that has a session. */
export function daysOf({ starts, ends, timezone }: Times, places: readonly Place[]): string[] {
  const days = new Set(places.map((place) => dayKey(place.starts, timezone)));
  let at = Date.parse(starts);
  for (let count = 0; count < MOST_DAYS && at < Date.parse(ends); count++, at += 24 * HOUR)
    days.add(dayKey(at, timezone));
  return [...days].sort();
}

/** From when to when a plan of that day goes: an hour more than it needs on both sides, for what is to move there. */
export function hoursOf({ starts, ends, timezone }: Times, day: string, places: readonly Place[]) {
  const on = (moment: string) =>
    onDay({ starts: Date.parse(moment), ends: Date.parse(moment), room: "" }, day, timezone).starts;
  const [opens, shuts] = [on(starts), on(ends)];
  const there = places.filter((place) => dayKey(place.starts, timezone) === day);
  const first = Math.min(opens, ...there.map((place) => place.starts));
  const last = Math.max(shuts > opens ? shuts : opens + 8 * HOUR, ...there.map((place) => place.ends));
  return { from: (Math.floor(first / HOUR) - 1) * HOUR, to: (Math.ceil(last / HOUR) + 1) * HOUR };
}

/** Kept between the hours that are on the plan. */
export function within(place: Place, { from, to }: { from: number; to: number }): Place {
  const latest = Math.floor((to - (place.ends - place.starts)) / QUARTER) * QUARTER;
  return startingAt(place, Math.max(from, Math.min(place.starts, latest)));
}

/** Which of how many lanes each has in its room's column, so that what is there at once is beside each other. */
export function lanesOf(places: ReadonlyMap<string, Place>): Map<string, { lane: number; lanes: number }> {
  const found = new Map<string, { lane: number; lanes: number }>();
  const ordered = [...places].sort(([, one], [, other]) => one.starts - other.starts);
  for (const room of new Set(ordered.map(([, place]) => place.room))) {
    let ends: number[] = [];
    let group: string[] = [];
    for (const [id, place] of ordered.filter(([, one]) => one.room === room)) {
      if (ends.every((end) => end <= place.starts)) [ends, group] = [[], []];
      const free = ends.findIndex((end) => end <= place.starts);
      const lane = free < 0 ? ends.length : free;
      // What is shorter than a half hour is drawn as one, for the finger.
      ends[lane] = Math.max(place.ends, place.starts + 2 * QUARTER);
      found.set(id, { lane, lanes: 1 });
      group.push(id);
      for (const one of group) found.set(one, { lane: found.get(one)?.lane ?? 0, lanes: ends.length });
    }
  }
  return found;
}
