import { kindAnswers, kindNotes } from "@src/desk/kind-words";
import { t as bench, templates } from "@src/desk/reviews-words";
import { expect, test } from "vitest";

const notes = [...kindNotes(), templates("needs-care")];

test("every note fits into a sealed note", () => {
  expect(notes.filter((note) => [...note].length > 400)).toEqual([]);
});

test("every kind text points to the help lines, and none promises that somebody comes", () => {
  const all = [...notes, ...kindAnswers()];
  expect(all.filter((text) => !text.includes("Help now"))).toEqual([]);
  expect(all.filter((text) => /we will (come|find|send|help)|promise|somebody will come/i.test(text))).toEqual([]);
});

test("care is a kind, quick answer, and nothing is detected", () => {
  const said = [bench("careTitle"), bench("careAsk"), bench("careHint"), bench("careSet"), ...notes, ...kindAnswers()];
  expect(bench("careTitle")).toBe("May need a kind, quick answer");
  expect(said.filter((text) => /detect|flag/i.test(text))).toEqual([]);
});
