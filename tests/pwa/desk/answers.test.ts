import { bySession } from "@src/desk/answers";
import type { DeskQuestion } from "@src/lib/wire";
import { expect, test } from "vitest";

const aQuestion = (id: string, session: string): DeskQuestion => ({
  id,
  session: { id: session, code: session, title: session },
  text: id,
  warning: "",
  audience: "everyone",
  votes: 0,
  answers: [],
  taken_by: null,
});

test("questions stand under their sessions, in the order of the day", () => {
  const questions = [aQuestion("a", "late"), aQuestion("b", "early"), aQuestion("c", "late")];
  const ids = bySession(questions, ["early", "late"]).map((group) => group.map(({ id }) => id));
  expect(ids).toEqual([["b"], ["a", "c"]]);
});
