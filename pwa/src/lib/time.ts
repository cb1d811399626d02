/** Times as people say them, in the event's zone and, where it differs, in their own. */
import { t } from "./said";
import { tick } from "./tick";
import { language } from "./words";

/** Formatters are dear (100 ms on an old phone), so each is made once. */
const formatters = new Map<string, Intl.DateTimeFormat>();

export const ownZone: string = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The event's present moment in milliseconds: a demonstration day runs on a shifted clock. */
export function nowIn(event: { clock_offset: number }): number {
  return tick.value + event.clock_offset * 1000;
}

type Style = "clock" | "day" | "short" | "key";
const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { weekday: "long", day: "numeric", month: "long" },
  short: { weekday: "short", day: "numeric", month: "short" },
  key: { year: "numeric", month: "2-digit", day: "2-digit" },
};

function format(style: Style, when: string | number, zone: string): string {
  const tag = style === "key" ? "en-CA" : language.value.tag;
  const name = `${tag} ${style} ${zone}`;
  let formatter = formatters.get(name);
  if (!formatter) {
    formatter = make(tag, STYLES[style], zone);
    formatters.set(name, formatter);
  }
  return formatter.format(new Date(when));
}

function make(tag: string, options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(tag, { ...options, timeZone: zone });
  } catch {
    // An old phone may not know a new zone: UTC is then at least the same for all.
    return new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" });
  }
}

/** "14:30" */
export const clock = (when: string | number, zone: string) => format("clock", when, zone);
/** "Saturday 22 November" */
export const longDay = (when: string | number, zone: string) => format("day", when, zone);
/** "Sat 22 Nov" */
export const shortDay = (when: string | number, zone: string) => format("short", when, zone);
/** "2026-11-22": the calendar day in a zone. */
export const dayKey = (when: string | number, zone: string) => format("key", when, zone);

/** The same calendar day as a name: noon UTC is that day in almost every zone. */
export const dayName = (day: string) => longDay(`${day}T12:00:00Z`, "UTC");
export const dayShort = (day: string) => shortDay(`${day}T12:00:00Z`, "UTC");

/** "London" from "Europe/London": how people name a zone. */
export function zoneCity(zone: string): string {
  return (zone.split("/").pop() ?? zone).replaceAll("_", " ");
}

/** "Today", "Tomorrow", or "Saturday 22 November", as seen from `now`. */
export function dayWord(when: string | number, zone: string, now: number): string {
  const day = dayKey(when, zone);
  if (day === dayKey(now, zone)) return t("today");
  if (day === dayKey(now + 86_400_000, zone)) return t("tomorrow");
  return longDay(when, zone);
}

/** "14:30 to 15:15", with the zone and one's own time added where they differ. */
export function span(times: { starts: string; ends: string }, zone: string): string {
  const there = t("span", { starts: clock(times.starts, zone), ends: clock(times.ends, zone) });
  const here = t("span", { starts: clock(times.starts, ownZone), ends: clock(times.ends, ownZone) });
  const sameDay = dayKey(times.starts, zone) === dayKey(times.starts, ownZone);
  if (there === here && sameDay) return there;
  const own = sameDay ? here : `${shortDay(times.starts, ownZone)} ${here}`;
  return t("spanBoth", { there, city: zoneCity(zone), own });
}

/** "Today 14:30 to 15:15, London time (15:30 to 16:15 where you are)" */
export function when(times: { starts: string; ends: string }, zone: string, now: number): string {
  return `${dayWord(times.starts, zone, now)} ${span(times, zone)}`;
}

/** "14:02" for a copy kept at that moment on this phone; another day is named. */
export function asOf(kept: number): string {
  const time = clock(kept, ownZone);
  return dayKey(kept, ownZone) === dayKey(Date.now(), ownZone) ? time : `${shortDay(kept, ownZone)} ${time}`;
}
