import { linesOf, linksOf, textOf } from "@src/desk/lines";
import { expect, test } from "vitest";

test("labels stand one in each line", () => {
  expect(linesOf("  photos \n\n lived experience\n")).toEqual(["photos", "lived experience"]);
});

test("a link is its words and then its address; without words it has the name of its place", () => {
  const { links, bad } = linksOf("My blog https://example.org/a\nhttps://www.nhs.uk/");
  expect([links, bad]).toEqual([
    [
      { label: "My blog", url: "https://example.org/a" },
      { label: "www.nhs.uk", url: "https://www.nhs.uk/" },
    ],
    null,
  ]);
  expect(textOf(links)).toBe("My blog https://example.org/a\nwww.nhs.uk https://www.nhs.uk/");
});

test("a line without a web address is named", () => {
  expect(linksOf("My blog https://example.org\nmail me\n").bad).toBe("mail me");
  expect(linksOf("Run javascript:alert(1)").bad).toBe("Run javascript:alert(1)");
});
