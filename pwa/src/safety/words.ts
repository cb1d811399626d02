import { ascii, type Bytes, b64u, join, unb64u } from "./bytes";
import { sha256 } from "./profile";
import { WORDLIST } from "./wordlist";

export type Reading =
  | { readonly seed: string }
  | { readonly problem: "count"; readonly count: number }
  | { readonly problem: "unknown"; readonly word: string }
  | { readonly problem: "checksum" };

/** Eight words for a seed: 80 bits and 8 of checksum, 11 bits a word, the first bit highest. */
export async function wordsOf(seed: string): Promise<string[]> {
  const bytes = unb64u(seed, 10);
  if (!bytes) throw new RangeError("not a seed");
  const number = [...bytes, await checksum(bytes)].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return Array.from({ length: 8 }, (_, place) => WORDLIST[Number((number >> BigInt(11 * (7 - place))) & 2047n)] ?? "");
}

/** The seed of words as people type them: any case and spacing, four letters of each are enough. */
export async function readWords(text: string): Promise<Reading> {
  const typed =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const numbers = typed.map((word) => prefixes().get(word.slice(0, 4)));
  const unknown = typed.find((_, place) => numbers[place] === undefined);
  if (unknown !== undefined) return { problem: "unknown", word: unknown };
  if (typed.length !== 8) return { problem: "count", count: typed.length };
  const number = numbers.reduce<bigint>((sum, place) => (sum << 11n) | BigInt(place ?? 0), 0n);
  const bytes = Uint8Array.from({ length: 11 }, (_, place) => Number((number >> BigInt(8 * (10 - place))) & 255n));
  const seed = bytes.slice(0, 10);
  return (await checksum(seed)) === bytes[10] ? { seed: b64u(seed) } : { problem: "checksum" };
}

async function checksum(seed: Bytes): Promise<number> {
  return (await sha256(join(ascii("equalterms/1/words"), seed)))[0] ?? 0;
}

let byPrefix: ReadonlyMap<string, number> | undefined;

function prefixes(): ReadonlyMap<string, number> {
  byPrefix ??= new Map(WORDLIST.map((word, place) => [word.slice(0, 4), place]));
  return byPrefix;
}
