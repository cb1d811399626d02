import { byHour, byRoom, clash, days, NO_FILTER, nowAndNext, openingDay, pieces, sift } from "@src/programme/day";
import { describe, expect, test } from "vitest";
import { aDay, aSession } from "../makers";

const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`);
const early = aSession({ id: "early", starts: "2026-11-22T10:00:00Z", ends: "2026-11-22T11:00:00Z" });
const noon = aSession({ id: "noon", starts: "2026-11-22T12:00:00Z", ends: "2026-11-22T13:00:00Z", title: "Blogging" });
const noonToo = aSession({
  id: "noon-too",
  starts: "2026-11-22T12:30:00Z",
  ends: "2026-11-22T13:30:00Z",
  room: { id: "r2", name: "Café" },
  surgeons: [{ id: "p1", name: "Zoë Ångström" }],
});
const dropped = aSession({ ...noon, id: "dropped", state: "cancelled" });
const all = [noonToo, early, noon, dropped];
const ids = (list: { id: string }[]) => list.map((one) => one.id);

describe("now and next", () => {
  test("leave cancelled sessions out", () => {
    const moment = nowAndNext(all, at("12:10"));

    expect(ids(moment.now)).toEqual(["noon"]);
    expect(ids(moment.next)).toEqual(["noon-too"]);
    expect(moment.phase).toBe("during");
  });

  test("know a day that has not begun and one that is over", () => {
    expect(nowAndNext(all, at("08:00"))).toMatchObject({ now: [], phase: "before" });
    expect(nowAndNext(all, at("18:00"))).toEqual({ now: [], next: [], phase: "over" });
    expect(nowAndNext([], at("12:00"))).toEqual({ now: [], next: [], phase: "before" });
  });
});

describe("a clash", () => {
  test("is another starred session at the same time", () => {
    expect(clash(noon, all, new Set(["noon", "noon-too"]))?.id).toBe("noon-too");
    expect(clash(noon, all, new Set(["noon", "early", "dropped"]))).toBeUndefined();
    expect(clash(noon, all, new Set(["noon-too"]))).toBeUndefined();
  });
});

describe("searching", () => {
  const find = (words: string) => ids(sift(all, { ...NO_FILTER, words }, new Set()));

  test("finds titles, rooms and surgeons, accents and case aside, every word", () => {
    expect(find("BLOG")).toEqual(["noon", "dropped"]);
    expect(find("cafe")).toEqual(["noon-too"]);
    expect(find("angstrom zoe")).toEqual(["noon-too"]);
    expect(find("angstrom blogging")).toEqual([]);
  });

  test("goes with kind, room and stars", () => {
    expect(ids(sift(all, { ...NO_FILTER, room: "r2" }, new Set()))).toEqual(["noon-too"]);
    expect(ids(sift(all, { ...NO_FILTER, onlyStars: true }, new Set(["early"])))).toEqual(["early"]);
    expect(sift(all, { ...NO_FILTER, kind: "talk" }, new Set())).toEqual([]);
  });
});

describe("the order", () => {
  test("by time puts sessions under their hour in the event's zone", () => {
    expect(byHour(all, "Europe/London").map((group) => [group.key, ids(group.sessions)])).toEqual([
      ["2026-11-22 10:00", ["early"]],
      ["2026-11-22 12:00", ["noon", "dropped", "noon-too"]],
    ]);
  });

  test("by room follows the printed order of rooms", () => {
    const rooms = [
      { id: "r2", name: "Café" },
      { id: "r1", name: "Main hall" },
    ];

    expect(byRoom(all, rooms, "none").map((group) => group.key)).toEqual(["Café", "Main hall"]);
  });

  test("opens at today, else at the first day to come", () => {
    const event = aDay({ sessions: [early, aSession({ id: "late", day: "2026-11-24" })] });

    expect(days(event.sessions)).toEqual(["2026-11-22", "2026-11-24"]);
    expect(openingDay(event, at("12:00"))).toBe("2026-11-22");
    expect(openingDay(event, at("12:00") + 86_400_000)).toBe("2026-11-24");
    expect(openingDay(event, at("12:00") + 9 * 86_400_000)).toBe("2026-11-22");
  });

  test("is cut into pieces", () => {
    expect(pieces([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(pieces([], 2)).toEqual([]);
  });
});
