import { begun } from "@src/desk/words-form";
import { expect, test } from "vitest";

test("words to begin with never take the place of what somebody typed", () => {
  const texts = ["Kind.", "Warm."];
  expect([begun("", "Kind.", texts), begun(" Warm. ", "Kind.", texts), begun("My own", "Kind.", texts)]).toEqual([
    "Kind.",
    "Kind.",
    "Kind.\n\nMy own",
  ]);
});
