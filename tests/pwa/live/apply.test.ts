import type { Change } from "@src/lib/wire";
import { additions, apply } from "@src/live/apply";
import { expect, test } from "vitest";
import { aComment, aFullSession, aLive, aQuestion } from "../makers";

const answer = {
  id: "a1",
  text: "Yes.",
  spoken: false,
  edited: false,
  slot: "2026-11-22T14:30:00Z",
  by: { id: null, name: "A surgeon" },
};
const question = (id: string, shown: number, item = aQuestion(id, shown)): Change => ({
  kind: "question",
  subject: id,
  item,
});
const before = aLive(10, {
  questions: [aQuestion("q2", 9), aQuestion("q1", 8)],
  counts: { questions: 50, answered: 3, comments: 0 },
});

test("a new question comes in front and is counted", () => {
  const after = apply(before, { version: 11, changes: [question("q3", 11)] });

  expect(after.questions.map((one) => one.id)).toEqual(["q3", "q2", "q1"]);
  expect(after.counts.questions).toBe(51);
  expect(after.version).toBe(11);
  expect(additions(before, after).map((one) => one.id)).toEqual(["q3"]);
});

test("the same changes twice give the same snapshot", () => {
  const news = { version: 11, changes: [question("q3", 11)] };
  const once = apply(before, news);

  expect(apply(once, news)).toBe(once);
});

test("an answer keeps the question in its place and is counted", () => {
  const item = aQuestion("q1", 8, { answers: [answer] });

  const after = apply(before, { version: 12, changes: [question("q1", 8, item)] });

  expect(after.questions.map((one) => one.id)).toEqual(["q2", "q1"]);
  expect(after.counts).toEqual({ questions: 50, answered: 4, comments: 0 });
});

test("a withdrawn question is gone at once", () => {
  const after = apply(before, { version: 11, changes: [{ kind: "question", subject: "q2", item: null }] });

  expect(after.questions.map((one) => one.id)).toEqual(["q1"]);
  expect(after.counts.questions).toBe(49);
});

test("a question further back that changes is not new here", () => {
  const after = apply(before, { version: 11, changes: [question("old", 3)] });

  expect(after.questions).toEqual(before.questions);
  expect(after.counts.questions).toBe(50);
});

test("comments, the session and its surgeons follow too", () => {
  const after = apply(before, {
    version: 13,
    changes: [
      { kind: "comment", subject: "c1", item: aComment("c1", 11) },
      { kind: "session", subject: "s1", item: aFullSession({ title: "Moved" }) },
      { kind: "notes", subject: "s1", item: { session: "s1" } },
    ],
  });

  expect(after.comments.map((one) => one.id)).toEqual(["c1"]);
  expect(after.session.title).toBe("Moved");
  expect(after.counts.comments).toBe(1);
});

test("the question on the wall comes and goes", () => {
  const put: Change = { kind: "current", subject: "s1", item: { question: "q1" } };
  const on = apply(before, { version: 11, changes: [put] });
  const off = apply(on, { version: 12, changes: [{ ...put, item: { question: null } }] });

  expect([on.current, off.current]).toEqual(["q1", null]);
});
