import { signal } from "@preact/signals";
import { SaidAloud } from "@src/live/line";
import type { Following } from "@src/live/session-state";
import { render } from "preact";
import { expect, test } from "vitest";
import { aComment, aQuestion } from "../makers";

test("care_08: what stands behind a warning is announced without its words", () => {
  const root = document.createElement("div");
  const said = signal([
    aQuestion("a", 1, { text: "About loss", warning: "loss", folded: true }),
    aQuestion("b", 2, { text: "About blogs" }),
    aComment("c", 3, { text: "Unkind words", reported: true, folded: true }),
  ]);
  render(<SaidAloud following={{ said } as unknown as Following} />, root);
  expect([...root.querySelectorAll("p")].map((one) => one.textContent)).toEqual([
    "New question: it stands behind a warning",
    "New question: About blogs",
    "Person 1 says: it stands behind a warning",
  ]);
});
