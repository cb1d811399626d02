/**
 * What the app says. Each folder keeps its own English sentences in `words.ts`:
 *   export const t = speak("questions", { send: "Send", waiting: { one: "{n} waits", other: "{n} wait" } });
 *   t("send")   t("waiting", { n: 3 })
 * Keys and the names in braces are checked by the compiler. Another language is a table of the same keys
 * ("questions.send"), loaded when chosen; what it lacks stays English.
 */
import { signal } from "@preact/signals";

export type Plural = { one?: string; two?: string; few?: string; many?: string; zero?: string; other: string };
export type Sentence = string | Plural;
type Values = Record<string, string | number>;

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Needs<S> = S extends Plural ? Names<S[keyof S]> | "n" : Names<S>;
type Rest<S> = [Needs<S>] extends [never] ? [] : [values: Record<Needs<S>, string | number>];

export interface Language {
  /** BCP 47, also used for numbers and plurals. */
  tag: string;
  /** In its own words. */
  name: string;
  dir: "ltr" | "rtl";
  load: () => Promise<Record<string, Sentence>>;
}

export const ENGLISH: Language = { tag: "en-GB", name: "English", dir: "ltr", load: async () => ({}) };

/** Every language the app can speak; translations are added here. */
export const LANGUAGES: Language[] = [ENGLISH];

export const language = signal<Language>(ENGLISH);
const table = signal<Record<string, Sentence>>({});
const rules = new Map<string, Intl.PluralRules>();

/** Speaks another language from now on (English if the tag is unknown). */
export async function choose(tag: string): Promise<void> {
  const wanted = LANGUAGES.find((one) => one.tag === tag) ?? ENGLISH;
  table.value = await wanted.load();
  language.value = wanted;
  document.documentElement.lang = wanted.tag;
  document.documentElement.dir = wanted.dir;
}

function pluralRule(tag: string): Intl.PluralRules {
  const rule = rules.get(tag) ?? new Intl.PluralRules(tag);
  rules.set(tag, rule);
  return rule;
}

function fill(sentence: Sentence, values: Values): string {
  const text =
    typeof sentence === "string"
      ? sentence
      : (sentence[pluralRule(language.value.tag).select(Number(values.n))] ?? sentence.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A folder's own voice: `t(key)` over its English sentences. */
export function speak<const Table extends Record<string, Sentence>>(folder: string, english: Table) {
  return <Key extends keyof Table & string>(key: Key, ...rest: Rest<Table[Key]>): string => {
    const said = table.value[`${folder}.${key}`] ?? english[key] ?? key;
    return fill(said, (rest[0] as Values | undefined) ?? {});
  };
}
