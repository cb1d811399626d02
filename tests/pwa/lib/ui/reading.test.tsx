import type { Copy } from "@src/lib/copies";
import { Problem } from "@src/lib/http";
import { Reading } from "@src/lib/ui";
import { render } from "preact";
import { afterEach, expect, test } from "vitest";

const root = document.createElement("div");
document.body.append(root);
afterEach(() => render(null, root));

function shown(some: Partial<Copy<string>>): string {
  const copy: Copy<string> = { value: undefined, at: 0, standing: "loading", problem: null, ...some };
  render(
    <Reading copy={copy} again={() => undefined}>
      {(value) => <p>{value}</p>}
    </Reading>,
    root,
  );
  return root.textContent ?? "";
}

test("a fresh copy is just shown", () => {
  expect(shown({ value: "Hello", standing: "fresh", at: 1 })).toBe("Hello");
});

test("an old copy says from when it is and offers to try again", () => {
  const text = shown({ value: "Hello", standing: "offline", at: Date.now() });

  expect(text).toMatch(/^Offline, showing \d\d:\d\d Try againHello$/);
});

test("nothing at all says what happened and what one can do", () => {
  expect(shown({ standing: "offline" })).toContain("No connection just now");
  expect(shown({ standing: "trouble", problem: new Problem(503, { detail: "Too busy." }) })).toContain("Too busy.");
  expect(shown({ standing: "gone" })).toContain("This is no longer here");
  expect(root.querySelectorAll("h1").length).toBe(1);
});

test("loading shows nothing for the first moment, so that nothing flickers", () => {
  expect(shown({})).toBe("");
});
