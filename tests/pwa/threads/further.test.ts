import { joined } from "@src/threads/further";
import { expect, test } from "vitest";
import { aComment } from "../makers";

test("a comment on two pages stands once, in the form that is followed live", () => {
  const live = aComment("a", 1, { text: "as it is now" });
  const found = [aComment("a", 1, { text: "as it was" }), aComment("b", 2)];
  expect(joined([live], found).map(({ id, text }) => [id, text])).toEqual([
    ["a", "as it is now"],
    ["b", "Comment b"],
  ]);
});
