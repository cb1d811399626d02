import { clean, folded, parts, safeUrl, shortUrl } from "@src/lib/text";
import { expect, test } from "vitest";

test("links are found without the punctuation that ends the sentence", () => {
  expect(parts("See https://example.org/a (or http://b.example).")).toEqual([
    { text: "See " },
    { text: "https://example.org/a", url: "https://example.org/a" },
    { text: " (or " },
    { text: "http://b.example", url: "http://b.example" },
    { text: ")." },
  ]);
  expect(parts("javascript:alert(1)")).toEqual([{ text: "javascript:alert(1)" }]);
});

test("clean text has no marks that hide or reorder words, and keeps joiners", () => {
  expect(clean("  a\u202eb\u200bc\r\nd\u0000 ")).toBe("abc\nd");
  expect(clean("e\u0301")).toBe("\u00e9");
  expect(clean("👩\u200d💻")).toBe("👩\u200d💻");
});

test("searching ignores accents and case", () => {
  expect(folded("Café ÅNGSTRÖM")).toBe("cafe angstrom");
});

test("only web addresses become links, and read short", () => {
  expect(safeUrl("javascript:alert(1)")).toBeNull();
  expect(safeUrl("https://example.org")).toBe("https://example.org");
  expect(shortUrl("https://www.example.org/page/")).toBe("example.org/page");
});
