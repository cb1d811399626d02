/** Text from people: where its links are, how it is cleaned, how it is searched. */

export interface TextPart {
  text: string;
  url?: string;
}

const LINK = /https?:\/\/[^\s<>"']+/g;

/** Splits a text at its web addresses. Punctuation that ends a sentence stays outside the link. */
export function parts(text: string): TextPart[] {
  const found: TextPart[] = [];
  let from = 0;
  for (const hit of text.matchAll(LINK)) {
    const address = trimEnd(hit[0]);
    if (!URL.canParse(address)) continue;
    if (hit.index > from) found.push({ text: text.slice(from, hit.index) });
    found.push({ text: address, url: address });
    from = hit.index + address.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

function trimEnd(address: string): string {
  const short = address.replace(/[.,;:!?'"]+$/, "");
  return short.endsWith(")") && !short.includes("(") ? short.slice(0, -1) : short;
}

/** Bidirectional and zero-width controls, which can make text lie; joiners that scripts need stay. */
const CONTROLS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/** The profile's "text" rule: NFC, LF line ends, no control characters, ends stripped. */
export function clean(text: string): string {
  return text.normalize("NFC").replace(/\r\n?/g, "\n").replace(CONTROLS, "").trim();
}

/** Lower case without accents, for searching. */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A web address as people read it: "example.org/page". */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
}

/** Only http and https addresses may become links. */
export function safeUrl(url: string): string | null {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}
