import type { Branch } from "@src/threads/tree";
import { replyTo, tree } from "@src/threads/tree";
import { expect, test } from "vitest";
import { aComment } from "../makers";

/** A thread as nested ids; what is missing stands in brackets. */
const drawn = (branches: readonly Branch[]): unknown[] =>
  branches.map(({ id, comment, replies }) => [comment ? id : `(${id})`, ...drawn(replies)]);

const a = aComment("a", 1);
const b = aComment("b", 2);
const a1 = aComment("a1", 3, { parent: "a" });
const a2 = aComment("a2", 5, { parent: "a" });
const a1x = aComment("a1x", 4, { parent: "a1" });

test("replies stand under what they reply to and read forwards", () => {
  expect(drawn(tree([a2, b, a1x, a1, a], "oldest"))).toEqual([["a", ["a1", ["a1x"]], ["a2"]], ["b"]]);
});

test("the newest beginning can stand first, while replies still read forwards", () => {
  expect(drawn(tree([a, a1, a2, a1x, b], "newest"))).toEqual([["b"], ["a", ["a1", ["a1x"]], ["a2"]]]);
});

test("what was withdrawn keeps a place for its replies", () => {
  expect(drawn(tree([a, a2, a1x, b], "oldest"))).toEqual([["a", ["a2"]], ["b"], ["(a1)", ["a1x"]]]);
});

test("an empty thread has no branches", () => {
  expect(tree([], "oldest")).toEqual([]);
});

test("a reply goes to what it answers, and on the deepest level to the one above", () => {
  const known = new Map([a, a1, a1x].map((one) => [one.id, one]));
  expect([replyTo(a, 1, known), replyTo(a1, 2, known), replyTo(a1x, 3, known)]).toEqual(["a", "a1", "a1"]);
});

test("where nothing above is left, a reply begins anew", () => {
  expect(replyTo(a1x, 3, new Map([[a1x.id, a1x]]))).toBeNull();
});
