/** Finds, on the phone, what may tell others who somebody is. It never blocks and never leaves the phone. */

export type Trace = "email" | "phone" | "nhs" | "ni" | "postcode" | "handle" | "name";
export type Finding = { readonly kind: Trace; readonly text: string; readonly start: number; readonly end: number };

type Rule = { readonly kind: Trace; readonly pattern: RegExp; readonly holds?: (text: string) => boolean };

// No lookbehind: phones older than iOS 16.4 cannot read it. `(?<lead>…)` is what stands before the finding.
const RULES: readonly Rule[] = [
  {
    kind: "email",
    pattern: /(?<lead>)[\p{L}\p{N}._%+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?(?:[\p{L}\p{N}-]{1,63}\.){1,5}[a-z]{2,24}/giu,
  },
  {
    kind: "phone",
    pattern: /(?<lead>^|[^\d.])(?:(?:\+|00)44[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)(?:\d[\s.()-]{0,2}){9,10}(?!\d)/g,
    holds: (text) => !/^(?:\+?44|0)\s?(?:800|808|3\d\d|845)/.test(text), // help lines are not anybody's own
  },
  { kind: "nhs", pattern: /(?<lead>^|\D)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)/g, holds: nhsNumber },
  {
    kind: "ni",
    pattern: /(?<lead>\b)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/gi,
  },
  {
    kind: "postcode",
    pattern:
      /(?<lead>\b)(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y]) ?\d[ABD-HJLNP-UW-Z]{2})\b/gi,
  },
  { kind: "handle", pattern: /(?<lead>^|[^\p{L}\p{N}/@._-])@[A-Za-z0-9_][A-Za-z0-9_.]{0,28}[A-Za-z0-9_]/gu },
  {
    kind: "name",
    pattern: /(?<lead>\b[Mm]y name(?:'s|’s| is) |\b[Ii](?:'m| am|’m) called )(?!not\b|never\b)[\p{L}][\p{L}'’-]+/gu,
  },
  { kind: "name", pattern: /(?<lead>\b[Cc]all me )\p{Lu}[\p{L}'’-]+/gu },
  { kind: "name", pattern: /(?<lead>)\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Nurse)\.? \p{Lu}[\p{L}'’-]+/gu },
];

/** What may identify somebody, in the order of the text. */
export function identify(text: string): Finding[] {
  const found = RULES.flatMap((rule) => Array.from(text.matchAll(rule.pattern), (hit) => findingOf(rule, hit)));
  const sorted = found
    .filter((one) => one !== null)
    .sort((one, other) => one.start - other.start || other.end - one.end);
  return sorted.filter((one, place) => !sorted.slice(0, place).some((before) => before.end > one.start));
}

function findingOf({ kind, holds }: Rule, hit: RegExpMatchArray): Finding | null {
  const lead = hit.groups?.lead?.length ?? 0;
  const text = hit[0].slice(lead).replace(/[\s.(-]+$/, "");
  const start = (hit.index ?? 0) + lead;
  return holds && !holds(text) ? null : { kind, text, start, end: start + text.length };
}

/** The check digit of an NHS number: modulus 11 (NHS Data Dictionary). */
function nhsNumber(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  const sum = Array.from(digits.slice(0, 9), (digit, place) => Number(digit) * (10 - place)).reduce((a, b) => a + b, 0);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}
