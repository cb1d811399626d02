import type { DoorSession } from "@src/desk/door/calls";
import { asPrinted, inOrder, isFull, numbersOf, optionOf, phaseOf, withNumbers } from "@src/desk/door/places";
import type { EventDay } from "@src/lib/wire";
import { expect, test } from "vitest";

const NOW = Date.parse("2026-11-21T10:00:00Z");
const at = (starts: string, ends: string) => ({ starts: `2026-11-21T${starts}:00Z`, ends: `2026-11-21T${ends}:00Z` });
const aSession = (id: string, some: Partial<DoorSession> = {}): DoorSession => ({
  id,
  code: id,
  title: id,
  kind: "surgery",
  ...at("09:30", "11:00"),
  room: "Hall",
  capacity: 20,
  seats: "few",
  held: 3,
  listed: 0,
  here: 12,
  heads: 0,
  ...some,
});

test("what is on, or about to be, counts as now", () => {
  const phases = [at("09:30", "10:00"), at("09:30", "10:01"), at("10:20", "11:00"), at("10:21", "11:00")];
  expect(phases.map((times) => phaseOf(times, NOW))).toEqual(["over", "now", "now", "later"]);
});

test("on now comes first, then what comes, and what is over last", () => {
  const places = withNumbers([
    aSession("over", at("08:00", "09:00")),
    aSession("late", at("15:00", "16:00")),
    aSession("soon", at("12:00", "13:00")),
    aSession("on"),
  ]);
  expect(inOrder(places, NOW).map(({ id }) => id)).toEqual(["on", "soon", "late", "over"]);
});

test("numbers are said in words, and so is that it is full", () => {
  const [few, full] = withNumbers([aSession("a"), aSession("b", { seats: "full", held: 0, listed: 1, heads: 2 })]);
  if (!few || !full) throw new Error("both are there");
  expect(numbersOf(few)).toBe("12 here · 3 places kept · room for 20 · few places left");
  expect(numbersOf(full)).toBe("12 here · 1 waits for a place · room for 20 · full · 2 heads counted");
  expect([isFull(few), isFull(full)]).toEqual([false, true]);
  expect(optionOf(full, "UTC", NOW)).toBe("b (on now, full)");
});

test("with no numbers a session is what is printed", () => {
  const day = {
    sessions: [
      { ...aSession("a"), room: { id: "r", name: "Hall" }, state: "planned" },
      { ...aSession("b"), room: null, state: "cancelled" },
    ],
  } as unknown as EventDay;
  const [only, ...others] = asPrinted(day);
  expect([only?.room, only && numbersOf(only), others]).toEqual(["Hall", "The numbers come with the signal.", []]);
});
