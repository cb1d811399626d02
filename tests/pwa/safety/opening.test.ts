import { all, destroy } from "@src/lib/store";
import { openSecret, openSeed } from "@src/safety/opening";
import { derive, newSecret, type Secret } from "@src/safety/profile";
import { keep, type Receipt } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aSession, EVENT, SESSION } from "../questions/makers";
import { aServer, type Server } from "./server";

let server: Server;
let known: Record<string, unknown> | null;
let secret: Secret;

beforeEach(async () => {
  await destroy();
  secret = newSecret(EVENT, "question");
  known = {
    kind: "question",
    session: SESSION,
    event: EVENT,
    state: "held",
    reason: "",
    into: null,
    audience: "everyone",
    recap: true,
  };
  const { auth } = await derive(secret);
  server = await aServer(({ path, body }) => {
    if (path.includes("/sessions/")) return { status: 200, body: aSession() };
    const right = known && body.includes(auth);
    return right ? { status: 200, body: known ?? {} } : { status: 404, body: { code: "not-found" } };
  });
});
afterEach(() => server.close());

const receipts = async () => (await all<Receipt>("receipts")).map(([, receipt]) => receipt);

test.each(["held", "shown", "returned", "hidden", "merged"])(
  "a second phone learns how it stands: %s",
  async (state) => {
    known = { ...known, state, reason: "unkind", into: state === "merged" ? "other" : null };
    await openSecret(secret);
    const [receipt] = await receipts();
    expect([receipt?.standing, receipt?.reason, receipt?.into ?? null]).toEqual([
      state,
      "unkind",
      state === "merged" ? "other" : null,
    ]);
  },
);

test.each([
  ["surgeons", false],
  ["everyone", true],
] as const)("a second phone says who may see it as the first one did: %s", async (audience, recap) => {
  known = { ...known, audience, recap };
  await openSecret(secret);
  expect((await receipts())[0]).toMatchObject({ audience, recap });
});

test("words do not say what they are for, so a comment is found by them too", async () => {
  const said = { ...secret, kind: "comment" } as const;
  const { auth } = await derive(said);
  server.answer = ({ path, body }) => {
    if (path.includes("/sessions/")) return { status: 200, body: aSession() };
    return body.includes(auth)
      ? { status: 200, body: { ...known, kind: "comment", audience: null, recap: null } }
      : { status: 404, body: {} };
  };
  expect((await openSeed(secret.seed, EVENT))?.secret.kind).toBe("comment");
});

test.each([
  ["held", "held", ""],
  ["waiting", "listed", ""],
  ["called", "called", "table 3"],
])("a place is found by them too, with its number and how it stands: %s", async (state, standing, place) => {
  const booked = { ...secret, kind: "booking" } as const;
  const { auth } = await derive(booked);
  server.answer = ({ path, body }) => {
    if (path.includes("/sessions/")) return { status: 200, body: aSession() };
    const found = { ...known, kind: "booking", state, ticket: 412, place };
    return body.includes(auth) ? { status: 200, body: found } : { status: 404, body: {} };
  };
  expect(await openSeed(secret.seed, EVENT)).toMatchObject({ standing, ticket: 412, note: place });
});

test("opened where it was made, it keeps its words and its private reply", async () => {
  const receipt = (await openSecret(secret)) as Receipt;
  await keep({ ...receipt, text: "May I bring my dog?", reply: "Come to table 3." });
  known = { ...known, state: "shown", audience: "surgeons" };
  await openSecret(secret);
  expect(await receipts()).toMatchObject([
    { text: "May I bring my dog?", reply: "Come to table 3.", audience: "surgeons", standing: "shown" },
  ]);
});

test("what another phone has withdrawn is withdrawn here too, once it is opened again", async () => {
  await openSecret(secret);
  known = null;
  expect(await openSecret(secret)).toBeNull();
  expect((await receipts())[0]?.standing).toBe("withdrawn");
});

test("what has not left this phone yet is not taken for withdrawn", async () => {
  const receipt = (await openSecret(secret)) as Receipt;
  await keep({ ...receipt, standing: "waiting" });
  known = null;
  await openSecret(secret);
  expect((await receipts())[0]?.standing).toBe("waiting");
});

test("no address holds anything of the secret", async () => {
  const { auth, id } = await derive(secret);
  await openSecret(secret);
  const telling = [secret.seed, auth, id];
  expect(server.seen.filter(({ path }) => telling.some((one) => path.includes(one)))).toEqual([]);
});
