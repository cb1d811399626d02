import { differing } from "@src/desk/settling";
import { expect, test } from "vitest";

test("only what was changed is sent", () => {
  const before = { title: "A day", lines: [{ name: "NHS" }], code: null };
  expect(differing(before, { ...before, lines: [{ name: "NHS 111" }] })).toEqual(["lines"]);
  expect(differing(before, structuredClone(before))).toEqual([]);
});
