import { createHash } from "node:crypto";
import { newSecret } from "@src/safety/profile";
import { WORDLIST } from "@src/safety/wordlist";
import { readWords, wordsOf } from "@src/safety/words";
import { expect, test } from "vitest";
import vectors from "../../vectors/receipts.json";
import { secretOf } from "./makers";

test("anon_22: the list holds 2,048 words that differ in their first four letters", () => {
  expect(WORDLIST.length).toBe(2048);
  expect(new Set(WORDLIST.map((word) => word.slice(0, 4))).size).toBe(2048);
  expect([WORDLIST[0], WORDLIST[2047]]).toEqual(["abandon", "zoo"]);
  // Of the list as the BIP 39 document has it, a word a line.
  const digest = createHash("sha256")
    .update(`${WORDLIST.join("\n")}\n`)
    .digest("hex");
  expect(digest).toBe("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
});

test.each(vectors.cases)("anon_22: a seed is shown as the shared words $words", async (row) => {
  const words = await wordsOf(secretOf(row).seed);
  expect(words.join(" ")).toBe(row.words);
  expect(words.map((word) => WORDLIST.indexOf(word))).toEqual(row.word_indexes);
});

test.each([
  ...vectors.words_that_read,
  { case: 0, words: "1. abandon 2. amount 3. liar 4. amount 5. expire 6. adjust 7. cage 8. dial" },
])("anon_22: words read back however they are typed: $words", async (row) => {
  const expected = vectors.cases[row.case];
  expect(await readWords(row.words)).toEqual({ seed: expected && secretOf(expected).seed });
});

test.each(vectors.words_that_do_not_read)("anon_22: words that are wrong are told apart: $why", async (row) => {
  const problems = { "the checksum differs": "checksum", "seven words": "count", "not a word of the list": "unknown" };
  expect(await readWords(row.words)).toMatchObject({ problem: problems[row.why as keyof typeof problems] });
});

test("anon_22: of 2,000 receipts with one wrong word at least 99 in 100 are noticed", async () => {
  let unnoticed = 0;
  for (let round = 0; round < 2000; round++) {
    const { seed } = newSecret("7c1a9d52-4e0b-4f6a-9b1e-2d3c4b5a6978", "question");
    const words = await wordsOf(seed);
    const at = WORDLIST.indexOf(words[round % 8] ?? "");
    const wrong = WORDLIST[(at + 1 + Math.floor(Math.random() * 2047)) % 2048] ?? "";
    if ("seed" in (await readWords(words.with(round % 8, wrong).join(" ")))) unnoticed++;
  }
  // 8 bits of checksum let one in 256 through: 7.8 are to be expected, 20 would be four deviations more.
  expect(unnoticed).toBeLessThanOrEqual(20);
});
