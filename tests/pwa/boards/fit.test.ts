import { biggest } from "@src/boards/fit";
import { expect, test } from "vitest";

test("words stand as big as they fit, and never smaller than can be read from afar", () => {
  const upTo = (limit: number) => biggest((size) => size <= limit, 40, 90);

  expect([30, 40, 61, 90, 200].map(upTo)).toEqual([40, 40, 61, 90, 90]);
});
