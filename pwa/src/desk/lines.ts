/** Lists as people type them: one in each line. Pure functions. */
import { safeUrl } from "../lib/text";
import type { Link } from "../lib/wire";

/** The lines that say something. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

export const textOf = (links: readonly Link[]): string =>
  links.map(({ label, url }) => `${label} ${url}`.trim()).join("\n");

/** The links of a text: words, then an address that ends the line. `bad` is the first line without one. */
export function linksOf(text: string): { readonly links: Link[]; readonly bad: string | null } {
  const links: Link[] = [];
  for (const line of linesOf(text)) {
    const url = line.split(/\s+/).at(-1) ?? "";
    if (!safeUrl(url)) return { links, bad: line };
    links.push({ label: line.slice(0, line.length - url.length).trim() || new URL(url).hostname, url });
  }
  return { links, bad: null };
}
