import {
  beside,
  bodyOf,
  daysOf,
  hoursOf,
  isSame,
  lanesOf,
  onDay,
  type Place,
  placeOf,
  QUARTER,
  startingAt,
  stepped,
  within,
} from "@src/desk/organising/grid/places";
import { expect, test } from "vitest";

const at = (clock: string, day = "2026-11-22") => Date.parse(`${day}T${clock}:00Z`);
const from = (starts: string, ends: string, room = "blue"): Place => ({ starts: at(starts), ends: at(ends), room });
const DAY = { starts: "2026-11-22T10:00:00Z", ends: "2026-11-22T16:30:00Z", timezone: "Europe/London" };

test("a place is read from a session, and sent as one", () => {
  const sent = { starts: "2026-11-22T10:00:00Z", ends: "2026-11-22T10:45:00Z" };
  const place = placeOf({ ...sent, room: { id: "blue", name: "Blue" } });

  expect(bodyOf(place)).toEqual({ ...sent, room: "blue" });
  expect(bodyOf(placeOf({ ...sent, room: null }))).toEqual({ ...sent, room: null });
});

test.each([
  [1, "10:00", "10:15"],
  [-2, "10:00", "09:30"],
  [1, "10:05", "10:15"],
  [-1, "10:05", "10:00"],
  [0, "10:05", "10:05"],
])("%i steps from %s are %s", (steps, before, after) => {
  expect(stepped(startingAt(from("10:00", "10:40"), at(before)), steps).starts).toBe(at(after));
});

test("a session keeps its length, over midnight too", () => {
  const moved = stepped(from("23:30", "23:50"), 2);

  expect([moved.starts, moved.ends]).toEqual([at("00:00", "2026-11-23"), at("00:20", "2026-11-23")]);
});

test.each([
  ["blue", 1, "red"],
  ["red", -1, "blue"],
  ["", 1, ""],
  ["blue", -1, "blue"],
])("from %j %i columns on is %j", (room, steps, there) => {
  expect(beside(from("10:00", "11:00", room), ["blue", "red", ""], steps).room).toBe(there);
});

test("another day keeps the time on the clock, though summer time ends between", () => {
  const place = { starts: at("09:00", "2026-10-24"), ends: at("10:00", "2026-10-24"), room: "" };

  const moved = onDay(place, "2026-10-25", "Europe/London");

  expect([moved.starts, moved.ends]).toEqual([at("10:00", "2026-10-25"), at("11:00", "2026-10-25")]);
});

test("the days are those of the event, and those of sessions beyond it", () => {
  const two = { ...DAY, ends: "2026-11-23T12:00:00Z" };
  const early = { starts: at("10:00", "2026-11-20"), ends: at("11:00", "2026-11-20"), room: "" };

  expect(daysOf(two, [early])).toEqual(["2026-11-20", "2026-11-22", "2026-11-23"]);
});

test.each([
  ["the event's own", [], "09:00", "18:00"],
  ["wider for what is earlier or later", [from("08:15", "18:10")], "07:00", "20:00"],
])("the hours of a day are %s", (_, places, first, last) => {
  expect(hoursOf(DAY, "2026-11-22", places)).toEqual({ from: at(first), to: at(last) });
});

test("a dragged session stays between the hours that are on the plan", () => {
  const hours = { from: at("09:00"), to: at("18:00") };

  expect(within(from("08:00", "08:45"), hours)).toEqual(from("09:00", "09:45"));
  expect(within(from("17:45", "18:30"), hours)).toEqual(from("17:15", "18:00"));
  expect(isSame(within(from("10:00", "11:00"), hours), from("10:00", "11:00"))).toBe(true);
});

test("what is at once in a room is beside each other, and nothing else is", () => {
  const places = new Map([
    ["long", from("10:00", "12:00")],
    ["over it", from("11:00", "11:30")],
    ["after", from("12:00", "13:00")],
    ["elsewhere", from("10:00", "12:00", "red")],
  ]);

  expect(Object.fromEntries(lanesOf(places))).toEqual({
    long: { lane: 0, lanes: 2 },
    "over it": { lane: 1, lanes: 2 },
    after: { lane: 0, lanes: 1 },
    elsewhere: { lane: 0, lanes: 1 },
  });
});

test("what is shorter than it is drawn covers nothing that follows", () => {
  const short = { starts: at("10:00"), ends: at("10:00") + QUARTER, room: "" };
  const next = { starts: at("10:15"), ends: at("11:00"), room: "" };

  expect(lanesOf(new Map(Object.entries({ short, next }))).get("next")).toEqual({ lane: 1, lanes: 2 });
});
