import { forgetToUndo, LONG_ENOUGH, rememberToUndo, undoables } from "@src/desk/undoing";
import { tick } from "@src/lib/tick";
import { afterEach, expect, test, vi } from "vitest";

const anAct = (line: string, event = "leeds") =>
  ({ line, act: "hide", review: `r${line}`, text: "Words", from: "held", event }) as const;
const lines = (event = "leeds") => undoables(event).map(({ line }) => line);

afterEach(() => {
  vi.useRealTimers();
  for (const { line } of [...undoables("leeds"), ...undoables("hull")]) forgetToUndo(line);
});

test("the latest act is undone first, and each event has its own", () => {
  rememberToUndo(anAct("a"));
  rememberToUndo(anAct("b"));
  rememberToUndo(anAct("c", "hull"));

  expect([lines(), lines("hull")]).toEqual([["b", "a"], ["c"]]);
  forgetToUndo("b");
  expect(lines()).toEqual(["a"]);
});

test("undoing is offered for a little less than the server's ten minutes", () => {
  vi.useFakeTimers();
  tick.value = Date.now();
  rememberToUndo(anAct("a"));

  vi.advanceTimersByTime(LONG_ENOUGH - 1);
  expect(lines()).toEqual(["a"]);
  vi.advanceTimersByTime(1);
  expect(lines()).toEqual([]);
  expect(LONG_ENOUGH).toBeLessThan(10 * 60_000);
});
