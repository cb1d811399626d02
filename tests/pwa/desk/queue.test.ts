import { ACTS, afterwards, joined, stepOf, stepped } from "@src/desk/queue";
import type { Review } from "@src/lib/wire";
import { expect, test } from "vitest";

const aReview = (id: string, some: Partial<Review> = {}): Review => ({
  id,
  kind: "question",
  subject: `q${id}`,
  text: `Question ${id}`,
  warning: "",
  audience: "everyone",
  session: { id: "s1", code: "x7k2", title: "Blogs" },
  state: "held",
  reason: "",
  care: false,
  ...some,
});
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
const ids = (reviews: readonly Review[]) => reviews.map(({ id }) => id);

test("keys show, return, hide and walk", () => {
  const steps = ["1", "2", "3", "j", "K", "Escape", "4", "x"].map((key) => stepOf(aKey(key)));
  expect(steps).toEqual(["show", "return", "hide", "next", "back", "close", null, null]);
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
    held: ["show", "return", "hide"],
    approved: ["return", "hide"],
    shown: ["return", "hide"],
    returned: ["show"],
    hidden: ["show"],
  });
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
