/**
 * What phones do not need of the book of phrases stays out of the app: reasons, names and mere topics. The rest is packed
 * as text, which is a twelfth less to load: a line a phrase, those of the first tier before an empty line. After tabs
 * come the contexts it does not hold in and, where `names` are wanted, its name.
 */
import { readFileSync } from "node:fs";

/** Signs for what stands in nearly every phrase. None is part of a phrase: the build stops if one ever is. */
const SIGNS = [
  ["~", "\\b"],
  ["#", "\\w+ "],
];

/** @returns {import("vite").Plugin} */
export function slimPhrases({ names = false } = {}) {
  return {
    name: "slim-phrases",
    enforce: "pre",
    load(id) {
      if (!/phrases\.\w+\.json$/.test(id)) return null;
      const { swaps, contexts, phrases } = JSON.parse(readFileSync(id, "utf8"));
      const tiers = (names ? [1, 2, 3] : [1, 2]).map((wanted) => phrases.filter(({ tier }) => tier === wanted));
      const packed = tiers.map((tier) => tier.map((one) => lineOf(one, names)).join("\n")).join("\n\n");
      return JSON.stringify({ swaps, contexts, packed, signs: SIGNS });
    },
  };
}

function lineOf({ id, pattern, unless = [] }, named) {
  if (SIGNS.some(([sign]) => pattern.includes(sign))) throw new Error(`${id} holds a sign that packing needs`);
  // Nothing reads what a group has caught, so every group may be the short kind.
  const short = SIGNS.reduce((text, [sign, meant]) => text.replaceAll(meant, sign), pattern.replaceAll("(?:", "("));
  const parts = [short, unless.join(), named ? id : ""];
  return parts.join("\t").trimEnd();
}
