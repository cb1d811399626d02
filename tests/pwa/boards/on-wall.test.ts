import { pick } from "@src/boards/on-wall";
import { expect, test } from "vitest";
import { aLive, aQuestion } from "../makers";

const answers = [
  {
    id: "a1",
    text: "Yes.",
    spoken: false,
    edited: false,
    slot: "2026-11-22T14:30:00Z",
    by: { id: null, name: "A surgeon" },
  },
];
const questions = [
  aQuestion("new", 9, { votes: 1 }),
  aQuestion("wanted", 8, { votes: 7 }),
  aQuestion("answered", 7, { votes: 12, answers }),
];
const ids = ({ current, next }: ReturnType<typeof pick>) => [current?.id, next?.id];

test("the chosen question is on the wall, and next to it the most wanted one that is open", () => {
  expect(ids(pick(aLive(10, { questions, current: "answered" }), []))).toEqual(["answered", "wanted"]);
  expect(ids(pick(aLive(10, { questions, current: "wanted" }), []))).toEqual(["wanted", "new"]);
});

test("a withdrawn question leaves the wall even before the desk takes it off", () => {
  expect(ids(pick(aLive(10, { questions, current: "withdrawn" }), []))).toEqual([undefined, "wanted"]);
});

test("what lies on a page further back is known too", () => {
  const further = [aQuestion("old", 2, { votes: 30 }), aQuestion("older", 1, { votes: 2 })];
  expect(ids(pick(aLive(10, { questions, current: "older" }), further))).toEqual(["older", "old"]);
});

test("before anything was read there is nothing", () => {
  expect(pick(undefined, [])).toEqual({ current: undefined, next: undefined });
});
