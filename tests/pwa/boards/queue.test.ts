import { linesToShow, placesOf, topicsOf, waitWords } from "@src/boards/queue";
import type { QueueLine } from "@src/lib/wire";
import { expect, test } from "vitest";
import { aSession } from "../makers";

const oneLine = (some: Partial<QueueLine> = {}): QueueLine => ({
  session: "s1",
  seats: "open",
  waiting: 0,
  wait: null,
  missing: [],
  called: [],
  ...some,
});
const NOON = Date.parse("2026-11-22T12:00:00Z");

test.each([
  ["for several", { waiting: 6, wait: 30 }, "6 wait: about 30 minutes"],
  ["for one who waits", { waiting: 1, wait: 15 }, "1 waits: about 15 minutes"],
  ["with no surgeon there", { waiting: 4, wait: null }, "4 wait. Nobody can say yet how long."],
  ["with nobody waiting", { waiting: 0, wait: 0 }, "Nobody waits: come in"],
  ["with no room left", { waiting: 0, wait: 0, seats: "full" as const }, "Full: please ask at the door"],
])("the wait is told in words %s", (_, line, words) => {
  expect(waitWords(oneLine(line))).toBe(words);
});

test("what is waited for is told by topic, what most want first", () => {
  const labels = [
    { label: "", waiting: 1 },
    { label: "photos", waiting: 2 },
  ];
  expect(topicsOf({ labels })).toBe("photos 2 · anything 1");
  expect(topicsOf({ labels: [] })).toBe("");
});

test("surgeries are shown that are on or have somebody in line, in the order of the day", () => {
  const surgery = { kind: "surgery" as const, starts: "2026-11-22T11:00:00Z", ends: "2026-11-22T13:00:00Z" };
  const sessions = [
    aSession({ id: "over", ...surgery, starts: "2026-11-22T08:00:00Z", ends: "2026-11-22T09:00:00Z" }),
    aSession({ id: "long", ...surgery, starts: "2026-11-22T08:30:00Z", ends: "2026-11-22T10:00:00Z" }),
    aSession({ id: "on", ...surgery }),
    aSession({ id: "talk", kind: "talk" }),
  ];
  const lines = [
    oneLine({ session: "talk", waiting: 5 }),
    oneLine({ session: "on" }),
    oneLine({ session: "over" }),
    oneLine({ session: "long", waiting: 1 }),
  ];
  const shown = linesToShow({ lines }, { sessions }, NOON);

  expect(shown.map(({ line }) => line.session)).toEqual(["long", "on"]);
});

test("what begins within the hour is shown as long as nothing else is on", () => {
  const soon = { kind: "surgery" as const, starts: "2026-11-22T12:30:00Z", ends: "2026-11-22T13:00:00Z" };
  const sessions = [aSession({ id: "soon", ...soon }), aSession({ id: "on", ...soon })];
  const lines = [oneLine({ session: "soon" }), oneLine({ session: "on" })];
  const ids = (of: QueueLine[]) => linesToShow({ lines: of }, { sessions }, NOON).map(({ line }) => line.session);

  expect(ids(lines)).toEqual(["soon", "on"]);
  expect(ids([oneLine({ session: "soon" }), oneLine({ session: "on", waiting: 1 })])).toEqual(["on"]);
});

test("surgeons who are here are named as they are printed", () => {
  const ann = { id: "ann", name: "Ann Lee", headline: "", labels: [], photo: null };
  const here = [
    { surgeon: "ann", state: "here" as const, place: "table 3" },
    { surgeon: "hidden", state: "here" as const, place: "table 4" },
  ];

  expect(placesOf({ here }, { surgeons: [ann] })).toEqual(["Ann Lee, table 3"]);
});
