import { ABOUT } from "@src/app/about-words";
import { expect, test } from "vitest";

/** Groups of vowels, less a silent e: near enough for English prose. */
const syllables = (word: string): number =>
  Math.max(1, (word.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, "").match(/[aeiouy]{1,2}/g) ?? []).length);

/** The Flesch-Kincaid grade: years of school; a reading age of 11 is grade 6. */
function grade(text: string): number {
  const sentences = text.split(/[.!?]+\s|[.!?]+$/).filter(Boolean).length;
  const words = text.toLowerCase().match(/[a-z]+(?:['’-][a-z]+)*|\d+/g) ?? [];
  const sounds = words.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (sounds / words.length) - 15.59;
}

test("care_12: the measure tells easy words from hard ones", () => {
  expect(grade("The cat sat on the mat. It was glad.")).toBeLessThan(2);
  expect(
    grade("Organisational responsibility necessitates comprehensive documentation of pseudonymisation procedures."),
  ).toBeGreaterThan(15);
});

test("care_12: how private this is reads at an age of about eleven", () => {
  const { title, not, keep, limits, people, forget, ...sentences } = ABOUT;
  expect(grade(Object.values(sentences).join(" "))).toBeLessThanOrEqual(6);
  for (const sentence of Object.values(sentences)) expect(grade(sentence), sentence).toBeLessThanOrEqual(8);
});

test("care_12: it says the limits, and that nobody can be found", () => {
  expect(ABOUT.read).toContain("reads your question first");
  expect(ABOUT.venue).toContain("can see that you opened this app");
  expect(ABOUT.style).toContain("who you are");
  expect(ABOUT.danger).toBe("We cannot find you and cannot send help. In danger, call 999.");
});
