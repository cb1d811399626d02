import { solve } from "@src/safety/solve";
import { expect, test } from "vitest";
import { aChallenge, keyOf } from "./challenges";

test.each([0, 1, 137, 300])("the phone finds the counter the server chose: %i", async (counter) => {
  expect(await solve(aChallenge(counter).parameters)).toEqual({ counter, derivedKey: keyOf(counter) });
});

test("a challenge of an unknown kind is refused, not guessed at", async () => {
  await expect(solve({ ...aChallenge(1).parameters, algorithm: "SHA-256" })).rejects.toThrow(RangeError);
});

test("a challenge without a solution ends", async () => {
  await expect(solve({ ...aChallenge(1).parameters, keyPrefix: "zz" }, 20)).rejects.toThrow(RangeError);
});
