import { ordered } from "@src/questions/order";
import { expect, test } from "vitest";
import { anAnswer, aQuestion } from "./makers";

const A = aQuestion("a", { votes: 5, shown: 1 });
const B = aQuestion("b", { votes: 9, shown: 2, answers: [anAnswer()] });
const C = aQuestion("c", { votes: 5, shown: 3 });

test("the most wanted come first, of equals the newest", () => {
  expect(ordered([A, B, C], "votes", [])).toEqual(["b", "c", "a"]);
});

test("the newest shown come first", () => {
  expect(ordered([A, B, C], "newest", [])).toEqual(["c", "b", "a"]);
});

test("answered ones are left out when asked", () => {
  expect(ordered([A, B, C], "unanswered", [])).toEqual(["c", "a"]);
});

test("a vote moves a number, not a place", () => {
  expect(ordered([{ ...A, votes: 50 }, B, C], "votes", ["b", "c", "a"])).toEqual(["b", "c", "a"]);
});

test("a new question goes where its votes put it, a withdrawn one goes away", () => {
  expect(ordered([A, C, aQuestion("d", { votes: 7, shown: 9 })], "votes", ["b", "c", "a"])).toEqual(["d", "c", "a"]);
});
