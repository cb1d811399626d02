import { PlainText } from "@src/lib/ui";
import { render } from "preact";
import { afterEach, expect, test } from "vitest";

const root = document.createElement("div");
document.body.append(root);
afterEach(() => render(null, root));

function shown(text: string): HTMLElement {
  render(<PlainText text={text} />, root);
  return root;
}

test.each(["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "**bold** <b>b</b> &amp; [a](javascript:x)"])(
  "care_13: stored words are shown as the words they are: %s",
  (text) => {
    const main = shown(text);
    expect([main.textContent, main.querySelectorAll(".prose > p > *").length]).toEqual([text, 0]);
  },
);

test("care_13: links are web addresses only, and tell nobody where they were met", () => {
  const links = [...shown("https://example.org/a javascript:alert(1) data:text/html,x").querySelectorAll("a")];
  expect(links.map((link) => [link.href, link.rel, link.target])).toEqual([
    ["https://example.org/a", "noopener noreferrer nofollow ugc", "_blank"],
  ]);
});

test("care_13: signs that hide words or turn them round are not drawn, joiners that scripts need are", () => {
  const main = shown("pay\u202e evil\u2066\u200b\ufeff me 👩\u200d💻");
  expect(main.textContent).toBe("pay evil me 👩\u200d💻");
  expect(main.querySelector(".prose")?.getAttribute("dir")).toBe("auto");
});
