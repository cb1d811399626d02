import { callsForHelp, normalise, phraseIn } from "@src/safety/phrases";
import { expect, test } from "vitest";
import lines from "../../vectors/phrases.jsonl?raw";

type Line = { readonly tier: number; readonly text: string };

const CORPUS: readonly Line[] = lines
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);

const tierOf = (text: string): number => phraseIn(text)?.tier ?? 0;
const of = (...tiers: readonly number[]): readonly Line[] => CORPUS.filter((line) => tiers.includes(line.tier));

test("the corpus has at least 120 different lines, with every tier among them", () => {
  expect(new Set(CORPUS.map((line) => line.text)).size).toBeGreaterThanOrEqual(120);
  expect([0, 1, 2, 3].map((tier) => of(tier).length >= 10)).toEqual([true, true, true, true]);
});

test("wording about one's own life is found in at least 95 of 100 lines", () => {
  const missed = of(1).filter((line) => tierOf(line.text) !== 1);
  expect(missed.length / of(1).length, JSON.stringify(missed)).toBeLessThanOrEqual(0.05);
});

test("distress is found in at least 90 of 100 lines", () => {
  const missed = of(2).filter((line) => !callsForHelp(line.text));
  expect(missed.length / of(2).length, JSON.stringify(missed)).toBeLessThanOrEqual(0.1);
});

test("at most 10 of 100 everyday lines bring the card", () => {
  const wrong = of(0, 3).filter((line) => callsForHelp(line.text));
  expect(wrong.length / of(0, 3).length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.1);
});

test.each([
  ["  I WANT to d1e!!!", "i want to die"],
  ["sui\u200bcidal", "suicidal"],
  ["I don’t", "i don't"],
  ["sooooo café", "soo cafe"],
  ["call 116 123 @ 10", "call 116 123 10"],
])("text is normalised before it is searched: %s", (text, expected) => {
  expect(normalise(text)).toBe(expected);
});

test("a very long text is searched at once", () => {
  const start = performance.now();
  for (const part of ["i want ", "i ", "my friend is ", "don't want to ", `${"a".repeat(30)} `])
    phraseIn(part.repeat(4000));
  expect(performance.now() - start).toBeLessThan(500);
});
