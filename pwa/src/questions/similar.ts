/** Questions like the one being written, from what this phone already has. No keystroke leaves it. */
import { folded } from "../lib/text";
import type { Question } from "../lib/wire";

const COMMON = new Set(
  "a about all an and any are as at be been but by can could did do does for from get had has have how i if in is it its just like me my not of on or our should so some somebody than that the their them there they this to up use want was we what when where which who why will with would you your".split(
    " ",
  ),
);

/** At most three, the closest first. */
export function similar(text: string, questions: readonly Question[]): Question[] {
  const words = stems(text);
  if (words.size < 2) return [];
  return questions
    .filter(({ reported }) => !reported)
    .map((question) => ({ question, score: likeness(words, stems(question.text)) }))
    .filter(({ score }) => score >= 0.34)
    .sort((one, other) => other.score - one.score)
    .slice(0, 3)
    .map(({ question }) => question);
}

/** Words that carry meaning, without their endings. */
function stems(text: string): ReadonlySet<string> {
  const words = folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.filter((word) => word.length > 1 && !COMMON.has(word)).map((word) => word.replace(/(?:ing|ed|es|s)$/, "")),
  );
}

/** Shared words, weighed against both texts (Dice); at least two must be shared. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared < 2 ? 0 : (2 * shared) / (one.size + other.size);
}
