import { newSecret } from "@src/safety/profile";
import { WORDLIST } from "@src/safety/wordlist";
import { readWords, wordsOf } from "@src/safety/words";
import { expect, test } from "vitest";
import vectors from "../../vectors/receipts.json";
import { secretOf } from "./makers";

test("the list holds 2,048 words that differ in their first four letters", () => {
  expect(WORDLIST.length).toBe(2048);
  expect(new Set(WORDLIST.map((word) => word.slice(0, 4))).size).toBe(2048);
});

test.each(vectors.cases)("a seed is shown as the shared words $words", async (row) => {
  const words = await wordsOf(secretOf(row).seed);
  expect(words.join(" ")).toBe(row.words);
  expect(words.map((word) => WORDLIST.indexOf(word))).toEqual(row.word_indexes);
});

test.each([
  ...vectors.words_that_read,
  { case: 0, words: "1. abandon 2. amount 3. liar 4. amount 5. expire 6. adjust 7. cage 8. dial" },
])("words read back however they are typed: $words", async (row) => {
  const expected = vectors.cases[row.case];
  expect(await readWords(row.words)).toEqual({ seed: expected && secretOf(expected).seed });
});

test.each(vectors.words_that_do_not_read)("words that are wrong are told apart: $why", async (row) => {
  const problems = { "the checksum differs": "checksum", "seven words": "count", "not a word of the list": "unknown" };
  expect(await readWords(row.words)).toMatchObject({ problem: problems[row.why as keyof typeof problems] });
});

test("one wrong word is noticed in at least 99 of 100", async () => {
  const { seed } = newSecret("7c1a9d52-4e0b-4f6a-9b1e-2d3c4b5a6978", "question");
  const words = await wordsOf(seed);
  let unnoticed = 0;
  for (let round = 0; round < 1000; round++) {
    const typo = words.with(round % 8, WORDLIST[(round * 37 + 11) % 2048] ?? "");
    if (typo.join() !== words.join() && "seed" in (await readWords(typo.join(" ")))) unnoticed++;
  }
  expect(unnoticed).toBeLessThanOrEqual(10);
});
