import { prefetch, prepare, prove } from "@src/safety/proof";
import { afterEach, expect, test } from "vitest";
import { aChallenge, keyOf } from "./challenges";
import { aServer, type Server } from "./server";

let server: Server;
afterEach(() => server?.close());

const payloadOf = (proof: Awaited<ReturnType<typeof prove>>) =>
  JSON.parse(proof.type === "pow" ? atob(proof.payload) : "null");

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

test("where there is no worker the page solves, ahead of the sending too", async () => {
  server = await aServer(() => ({ status: 200, body: aChallenge(3) }));
  expect(typeof Worker).toBe("undefined");
  prepare("ask", "session-six");
  expect(server.seen.length).toBe(0);
  prefetch("ask", "session-six");
  expect(payloadOf(await prove("ask", "session-six")).solution).toEqual({ counter: 3, derivedKey: keyOf(3) });
  expect(server.seen.length).toBe(1);
});

test("what could not be solved ahead is asked for and solved anew", async () => {
  const broken = { ...aChallenge(1), parameters: { ...aChallenge(1).parameters, algorithm: "SHA-256" } };
  server = await aServer(() => ({ status: 200, body: server.seen.length === 1 ? broken : aChallenge(1) }));
  prefetch("ask", "session-seven");
  prepare("ask", "session-seven");
  expect(payloadOf(await prove("ask", "session-seven")).solution.counter).toBe(1);
});

test("a vote's proof leaves the one fetched ahead for its question", async () => {
  server = await aServer(() => ({ status: 200, body: aChallenge(1) }));
  prefetch("vote", "session-eight");
  await prove("vote", "session-eight", "3iLJAi4D3OYhIrUs1rAG_g");
  await prove("vote", "session-eight");
  expect(server.seen.length).toBe(2);
});
