import { tick } from "@src/lib/tick";
import { asOf, dayWord, nowIn, ownZone, span, when, zoneCity } from "@src/lib/time";
import { describe, expect, test } from "vitest";

const session = { starts: "2026-11-22T14:30:00Z", ends: "2026-11-22T15:15:00Z" };
const now = Date.parse("2026-11-22T09:00:00Z");
const elsewhere = ownZone === "Asia/Tokyo" ? "America/New_York" : "Asia/Tokyo";

describe("times", () => {
  test("are said once where the event's zone is one's own", () => {
    expect(span(session, ownZone)).toMatch(/^\d\d:\d\d to \d\d:\d\d$/);
  });

  test("are said in both zones where they differ", () => {
    const said = span(session, elsewhere);

    expect(said).toContain(`, ${zoneCity(elsewhere)} time (`);
    expect(said).toContain("where you are)");
  });

  test("name today, tomorrow, else the day", () => {
    expect(dayWord(session.starts, "Europe/London", now)).toBe("Today");
    expect(dayWord(session.starts, "Europe/London", now - 86_400_000)).toBe("Tomorrow");
    expect(dayWord(session.starts, "Europe/London", now - 5 * 86_400_000)).toBe("Sunday 22 November");
    expect(when(session, "Europe/London", now)).toMatch(/^Today 14:30 to 15:15/);
  });

  test("of a zone this phone does not know are given in UTC", () => {
    expect(span(session, "Mars/Olympus")).toContain("14:30 to 15:15");
  });

  test("follow the event's own clock", () => {
    expect(nowIn({ clock_offset: -3600 })).toBe(tick.value - 3_600_000);
  });

  test("of a kept copy name the day if it is another", () => {
    expect(asOf(Date.now())).toMatch(/^\d\d:\d\d$/);
    expect(asOf(Date.now() - 3 * 86_400_000)).toMatch(/\d\d:\d\d$/);
    expect(asOf(Date.now() - 3 * 86_400_000).length).toBeGreaterThan(5);
  });
});
