import { callsForHelp, normalise, phraseIn } from "@src/safety/phrases";
import { expect, test } from "vitest";
import lines from "../../vectors/phrases.jsonl?raw";

type Line = {
  readonly tier: number;
  readonly text: string;
  readonly found: string | null;
  readonly fresh?: boolean;
};

const CORPUS: readonly Line[] = lines
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);

const of = (...tiers: readonly number[]): readonly Line[] =>
  CORPUS.filter((line) => tiers.includes(line.tier) && !line.fresh);

test("care_01: the phone finds in every line of the corpus what the server's twin finds", () => {
  const found = CORPUS.map(({ text }) => ({ text, found: phraseIn(text)?.id ?? null }));
  expect(CORPUS.length).toBeGreaterThanOrEqual(300);
  expect(found).toEqual(CORPUS.map(({ text, found }) => ({ text, found })));
});

test("care_01: wording about one's own life is found in at least 95 of 100 lines", () => {
  const missed = of(1).filter((line) => phraseIn(line.text)?.tier !== 1);
  expect(missed.length / of(1).length, JSON.stringify(missed)).toBeLessThanOrEqual(0.05);
});

test("care_01: distress is found in at least 90 of 100 lines", () => {
  const missed = of(2).filter((line) => !callsForHelp(line.text));
  expect(missed.length / of(2).length, JSON.stringify(missed)).toBeLessThanOrEqual(0.1);
});

test("care_01: at most 5 of 100 everyday lines bring the card", () => {
  const wrong = of(0, 3).filter((line) => callsForHelp(line.text));
  expect(wrong.length / of(0, 3).length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.05);
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
