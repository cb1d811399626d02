import { bySlot, sentenceOf } from "@src/desk/acts";
import { expect, test } from "vitest";

const oneLine = (act: string, kind = "question", by = "Sam") => ({ act, kind, by });

test("a line says who did what in words", () => {
  expect(
    [
      oneLine("return"),
      oneLine("hide", "comment"),
      oneLine("pause", "session"),
      oneLine("show", "question", ""),
      oneLine("change-room", "room"),
    ].map(sentenceOf),
  ).toEqual([
    "Sam returned a question",
    "Sam hid a comment",
    "Sam paused the session",
    "Somebody showed a question",
    "Sam: change room",
  ]);
});

test("lines stand under their quarter of an hour", () => {
  const lines = [
    { id: "a", slot: "2026-11-22T14:30:00Z" },
    { id: "b", slot: "2026-11-22T14:15:00Z" },
    { id: "c", slot: "2026-11-22T14:30:00Z" },
  ];
  expect(bySlot(lines).map(([slot, group]) => [slot, group.map(({ id }) => id)])).toEqual([
    ["2026-11-22T14:30:00Z", ["a", "c"]],
    ["2026-11-22T14:15:00Z", ["b"]],
  ]);
});
