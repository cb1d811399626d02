import { createHash, pbkdf2Sync } from "node:crypto";
import { type Parameters, prefetch, prove, solve } from "@src/safety/proof";
import { afterEach, expect, test } from "vitest";
import { aServer, type Server } from "./server";

let server: Server;
afterEach(() => server?.close());

const NONCE = "00112233445566778899aabbccddeeff";
const SALT = "ffeeddccbbaa99887766554433221100";

/** A challenge as the server makes them: the key of one counter, of which the phone is told the start. */
function aChallenge(counter: number): { parameters: Parameters & { data: object }; signature: string } {
  const parameters = {
    algorithm: "PBKDF2/SHA-256",
    nonce: NONCE,
    salt: SALT,
    cost: 10,
    keyLength: 32,
    keyPrefix: keyOf(counter).slice(0, 32),
  };
  return {
    parameters: { ...parameters, data: { v: 1, act: "ask" } },
    signature: createHash("sha256").update(NONCE).digest("hex"),
  };
}

function keyOf(counter: number): string {
  const password = Buffer.concat([
    Buffer.from(NONCE, "hex"),
    Buffer.from(counter.toString(16).padStart(8, "0"), "hex"),
  ]);
  return pbkdf2Sync(password, Buffer.from(SALT, "hex"), 10, 32, "sha256").toString("hex");
}

const payloadOf = (proof: Awaited<ReturnType<typeof prove>>) =>
  JSON.parse(proof.type === "pow" ? atob(proof.payload) : "null");

test.each([0, 1, 137, 300])("the phone finds the counter the server chose: %i", async (counter) => {
  expect(await solve(aChallenge(counter).parameters)).toEqual({ counter, derivedKey: keyOf(counter) });
});

test("a challenge of an unknown kind is refused, not guessed at", async () => {
  await expect(solve({ ...aChallenge(1).parameters, algorithm: "SHA-256" })).rejects.toThrow(RangeError);
});

test("a challenge without a solution ends", async () => {
  await expect(solve({ ...aChallenge(1).parameters, keyPrefix: "zz" }, 20)).rejects.toThrow(RangeError);
});

test("a proof carries the challenge back as it came, with its solution", async () => {
  server = await aServer(() => ({ status: 200, body: aChallenge(5) }));
  const proof = await prove("ask", "session-one");
  expect(payloadOf(proof)).toEqual({ challenge: aChallenge(5), solution: { counter: 5, derivedKey: keyOf(5) } });
  expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/proofs/?act=ask&session=session-one"]);
});

test("an event that asks no proof gets none", async () => {
  server = await aServer(() => ({ status: 200, body: { type: "none" } }));
  expect(await prove("ask", "session-two")).toEqual({ type: "none" });
});

test("a challenge fetched before is used once, and the next proof fetches its own", async () => {
  server = await aServer(() => ({ status: 200, body: aChallenge(2) }));
  prefetch("ask", "session-three");
  prefetch("ask", "session-three");
  await prove("ask", "session-three");
  expect(server.seen.length).toBe(1);
  await prove("ask", "session-three");
  expect(server.seen.length).toBe(2);
});

test("a vote's proof is asked for with its tag", async () => {
  server = await aServer(() => ({ status: 200, body: aChallenge(2) }));
  await prove("vote", "session-four", "3iLJAi4D3OYhIrUs1rAG_g");
  expect(server.seen[0]?.path).toBe("/api/v1/proofs/?act=vote&session=session-four&tag=3iLJAi4D3OYhIrUs1rAG_g");
});

test("a challenge that could not be fetched ahead is fetched when it is needed", async () => {
  server = await aServer(() => ({ status: 503, body: { code: "busy" } }));
  prefetch("ask", "session-five");
  await expect.poll(() => server.seen.length).toBe(1);
  server.answer = () => ({ status: 200, body: { type: "none" } });
  await new Promise((done) => setTimeout(done, 50));
  expect(await prove("ask", "session-five")).toEqual({ type: "none" });
});
