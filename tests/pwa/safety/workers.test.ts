import { keeperAddress, only, proverAddress } from "@src/safety/workers";
import { expect, test } from "vitest";

test("anon_16: only the app's own two workers may run beside the page", () => {
  expect([keeperAddress(), only(proverAddress() as string)]).toEqual(["/sw.js", proverAddress()]);
  for (const address of ["/other.js", "https://elsewhere.test/sw.js", "//elsewhere.test/sw.js", "/sw.js?x", ""])
    expect(() => only(address)).toThrow(TypeError);
});
