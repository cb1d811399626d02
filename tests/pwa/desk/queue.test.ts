import type { BenchReview } from "@src/desk/bench-calls";
import { ACTS, actsOn, actsTogether, afterwards, joined, stepOf, stepped, targets } from "@src/desk/queue";
import { expect, test } from "vitest";
import { aReview } from "./bench";

const aKey = (key: string, some: Partial<KeyboardEvent> = {}) =>
  ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    target: document.body,
    ...some,
  }) as KeyboardEvent;
const list = [aReview("a"), aReview("b"), aReview("c")];
const ids = (reviews: readonly BenchReview[]) => reviews.map(({ id }) => id);

test("keys decide, undo, take and walk", () => {
  const keys = ["1", "2", "3", "4", "5", "s", "t", "U", "j", "K", "Escape", "6", "x"];
  expect(keys.map((key) => stepOf(aKey(key)))).toEqual([
    "show",
    "return",
    "hide",
    "merge",
    "keep",
    "similar",
    "take",
    "undo",
    "next",
    "back",
    "close",
    null,
    null,
  ]);
});

test("keys are letters again while somebody types, and belong to the browser with Ctrl", () => {
  const target = document.createElement("textarea");
  expect(stepOf(aKey("1", { target }))).toBeNull();
  expect(stepOf(aKey("Escape", { target }))).toBe("close");
  expect(stepOf(aKey("1", { ctrlKey: true }))).toBeNull();
});

test("a key held down decides once", () => {
  expect(stepOf(aKey("1", { repeat: true }))).toBeNull();
});

test("only what the state allows is offered", () => {
  expect(ACTS).toEqual({
    held: ["show", "return", "hide", "merge"],
    approved: ["return", "hide", "merge"],
    shown: ["return", "hide", "merge"],
    returned: ["show"],
    hidden: ["show"],
    merged: ["unmerge"],
  });
});

test("only questions are joined", () => {
  expect(actsOn(aReview("a"))).toEqual(["show", "return", "hide", "merge"]);
  expect(actsOn(aReview("a", { kind: "comment" }))).toEqual(["show", "return", "hide"]);
});

test("what was reported and is shown can be let stand, once", () => {
  const reported: Partial<BenchReview> = { state: "shown", reports: [{ reason: "unkind", count: 3 }] };
  expect(actsOn(aReview("a", reported))[0]).toBe("keep");
  expect(actsOn(aReview("a", { ...reported, kept: true }))[0]).toBe("return");
});

test("several are shown, returned and hidden together, and in the care lane none", () => {
  expect([actsTogether("held"), actsTogether("reported"), actsTogether("merged"), actsTogether("care")]).toEqual([
    ["show", "return", "hide"],
    ["return", "hide"],
    [],
    [],
  ]);
});

test("a question joins only questions of its own audience, never itself; those most like it come first", () => {
  const own = aReview("a", { text: "How do I hide my photos from strangers?" });
  const others = [
    own,
    aReview("b", { text: "Where are the toilets?" }),
    aReview("c", { text: "Can strangers see photos of mine?" }),
    aReview("d", { text: "Photos of strangers", audience: "surgeons" }),
    aReview("e", { text: "Photos of strangers", kind: "comment" }),
  ];
  expect(ids(targets(own, others, ""))).toEqual(["c", "b"]);
  expect(ids(targets(own, others, "TOIL where"))).toEqual(["b"]);
  expect(targets(own, others, "nowhere else")).toEqual([]);
});

test("walking ends at the ends, and begins at the first", () => {
  expect([stepped(list, "a", 1), stepped(list, "c", 1), stepped(list, "a", -1), stepped(list, "gone", 1)]).toEqual([
    "b",
    "c",
    "a",
    "a",
  ]);
  expect(stepped([], "a", 1)).toBe("");
});

test("after a decision the next one comes up, at the end the one before", () => {
  expect(afterwards(list, "b", new Set(["b"]))).toBe("c");
  expect(afterwards(list, "c", new Set(["c"]))).toBe("b");
  expect(afterwards(list, "a", new Set(["a", "b", "c"]))).toBe("");
});

test("further pages stand behind the first, each once and as last read", () => {
  const fresh = aReview("b", { care: true });
  expect(ids(joined([fresh, aReview("a")], [aReview("b"), aReview("d")]))).toEqual(["b", "a", "d"]);
  expect(joined([fresh], [aReview("b")])[0]?.care).toBe(true);
});
