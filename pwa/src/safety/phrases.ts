/** Finds wording that calls for help lines, on the phone. The words live in api/equalterms/safety/phrases.en.json, which a Python twin reads too. */
import book from "../../../api/equalterms/safety/phrases.en.json";

/** 1 about one's own life, now · 2 distress, or harm by somebody · 3 a topic of the day. */
export type Tier = 1 | 2 | 3;

type Phrase = {
  readonly id: string;
  readonly tier: number;
  readonly pattern: RegExp;
  readonly unless: readonly RegExp[];
};

interface Packed {
  readonly contexts: Readonly<Record<string, string>>;
  readonly packed: string;
  readonly signs: readonly (readonly [sign: string, meant: string])[];
}

/** The weightiest phrase in a text, or null. Nothing of it leaves the phone, nothing is kept. */
export function phraseIn(text: string): { readonly tier: Tier; readonly id: string } | null {
  const words = normalise(text);
  const found = phrases().find(
    (phrase) => phrase.pattern.test(words) && !phrase.unless.some((context) => context.test(words)),
  );
  return found ? { tier: found.tier as Tier, id: found.id } : null;
}

/** Whether help lines belong beside Send. */
export const callsForHelp = (text: string): boolean => (phraseIn(text)?.tier ?? 3) < 3;

/** The form phrases are searched in; the steps stand in the book's `normalise`, in this order. */
export function normalise(text: string): string {
  const swaps: Readonly<Record<string, string>> = book.swaps;
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/([a-z])([0134@$!])(?=[a-z])/g, (_, before: string, sign: string) => before + (swaps[sign] ?? sign))
    .replace(/(.)\1{2,}/g, "$1$1")
    .replace(/[^a-z0-9']+/g, " ")
    .trim();
}

let compiled: readonly Phrase[] | undefined;

/** Unpacks what the build packs (build/phrases-plugin.mjs). */
function phrases(): readonly Phrase[] {
  // The compiler reads the book as it lies in the server's folder, not as it is packed.
  const { contexts, packed, signs } = book as unknown as Packed;
  const context = (name: string) => new RegExp(contexts[name] ?? "$^");
  const phraseOf = (line: string, tier: number): Phrase => {
    const [short = "", unless, id = ""] = line.split("\t");
    const pattern = signs.reduce((text, [sign, meant]) => text.replaceAll(sign, meant), short);
    return { id, tier, pattern: new RegExp(pattern), unless: unless ? unless.split(",").map(context) : [] };
  };
  compiled ??= packed.split("\n\n").flatMap((tier, at) => tier.split("\n").map((line) => phraseOf(line, at + 1)));
  return compiled;
}
