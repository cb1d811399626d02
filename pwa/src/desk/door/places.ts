/** Sessions as the door needs them: what is on now comes first. Pure functions. */
import { clock } from "../../lib/time";
import type { EventDay } from "../../lib/wire";
import type { DoorSession } from "./calls";
import { t } from "./words";

type Numbers = Pick<DoorSession, "seats" | "held" | "listed" | "here" | "heads">;
/** A session with its numbers, or as it is printed where the numbers cannot be had. */
export type Place = Omit<DoorSession, keyof Numbers> & { readonly numbers: Numbers | null };

export const withNumbers = (sessions: readonly DoorSession[]): Place[] =>
  sessions.map(({ seats, held, listed, here, heads, ...printed }) => ({
    ...printed,
    numbers: { seats, held, listed, here, heads },
  }));

export const asPrinted = (day: EventDay): Place[] =>
  day.sessions
    .filter(({ state }) => state === "planned")
    .map(({ id, code, title, kind, starts, ends, room, capacity }) => ({
      id,
      code,
      title,
      kind,
      starts,
      ends,
      capacity,
      room: room?.name ?? "",
      numbers: null,
    }));

export type Phase = "now" | "later" | "over";

/** A little early counts as now: people come before it starts. */
const EARLY = 20 * 60_000;

export function phaseOf({ starts, ends }: Pick<Place, "starts" | "ends">, now: number): Phase {
  if (Date.parse(ends) <= now) return "over";
  return Date.parse(starts) - EARLY <= now ? "now" : "later";
}

const RANK: Readonly<Record<Phase, number>> = { now: 0, later: 1, over: 2 };

/** On now first, and of those the surgeries: people come to them with no booking. Then as they come, what is over last. */
export const inOrder = (places: readonly Place[], now: number): Place[] =>
  [...places].sort(
    (a, b) =>
      RANK[phaseOf(a, now)] - RANK[phaseOf(b, now)] ||
      (phaseOf(a, now) === "now" ? Number(b.kind === "surgery") - Number(a.kind === "surgery") : 0) ||
      Date.parse(a.starts) - Date.parse(b.starts) ||
      a.title.localeCompare(b.title),
  );

export const isFull = ({ numbers }: Place): boolean => numbers?.seats === "full";

export function whenOf(place: Place, zone: string, now: number): string {
  const phase = phaseOf(place, now);
  return phase === "later" ? t("nowlater", { time: clock(place.starts, zone) }) : t(`now${phase}`);
}

/** One session in a menu: "Blogs (on now, full)". */
export const optionOf = (place: Place, zone: string, now: number): string =>
  t(isFull(place) ? "optionFull" : "option", { title: place.title, when: whenOf(place, zone, now) });

/** "12 here · 3 places kept · room for 20 · few places left" */
export function numbersOf({ numbers, capacity }: Place): string {
  if (!numbers) return t("asPrinted");
  const { seats, held, listed, here, heads } = numbers;
  return [
    t("numHere", { n: here }),
    held > 0 && t("numHeld", { n: held }),
    listed > 0 && t("numListed", { n: listed }),
    capacity !== null && t("numOf", { n: capacity }),
    t(seats),
    heads > 0 && t("numHeads", { n: heads }),
  ]
    .filter(Boolean)
    .join(" · ");
}
