/** Moments as an organiser types them: the clock on the wall of the venue. Pure functions. */

const formatters = new Map<string, Intl.DateTimeFormat>();

/** "2026-11-22T14:30" on the wall of `zone`, for a datetime-local field. */
export function wallOf(iso: string, zone: string): string {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formatters.set(zone, formatter);
  }
  return formatter.format(new Date(iso)).replace(" ", "T");
}

/**
 * The moment in UTC ("2026-11-22T14:30:00Z") when the wall of `zone` shows this; "" for no moment. An hour
 * that comes twice in autumn is its first; one that is left out in spring is an hour later.
 */
export function momentOf(wall: string, zone: string): string {
  const asUtc = Date.parse(`${wall}:00Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) || Number.isNaN(asUtc)) return "";
  const offsetAt = (moment: number) => Date.parse(`${wallOf(new Date(moment).toISOString(), zone)}:00Z`) - moment;
  const offsets = [offsetAt(asUtc - DAY), offsetAt(asUtc + DAY)];
  const fitting = offsets
    .map((offset) => asUtc - offset)
    .filter((moment) => wallOf(new Date(moment).toISOString(), zone) === wall);
  const moment = fitting.length > 0 ? Math.min(...fitting) : asUtc - (offsets[0] ?? 0);
  return new Date(moment).toISOString().replace(".000Z", "Z");
}

const DAY = 86_400_000;
