import { all, destroy, put } from "@src/lib/store";
import type { EventDay } from "@src/lib/wire";
import type { Receipt } from "@src/safety/receipts";
import { takeDrafts } from "@src/threads/draft";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aComment } from "../makers";
import { aSession, EVENT, SESSION } from "../questions/makers";
import { aServer, type Server } from "../safety/server";

let server: Server;
let threads: typeof import("@src/threads/outbox");
let stop = () => {};

beforeEach(async () => {
  await destroy();
  server = await aServer(({ method }) =>
    method === "GET" ? { status: 200, body: { type: "none" } } : { status: 201, body: { id: "x", state: "held" } },
  );
  vi.resetModules();
  threads = await import("@src/threads/outbox");
  const { startOutbox } = await import("@src/safety/outbox");
  stop = startOutbox();
});

afterEach(async () => {
  stop();
  await server.close();
});

const receipts = async () => (await all<Receipt>("receipts")).map(([, receipt]) => receipt);
const bodies = () =>
  server
    .writes()
    .filter(({ body }) => body)
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
/** The pause between two sendings of one phone has passed. */
const noPause = () => put("keys", "gap:words", 0);

test("what is said goes to an id made on the phone, with its own receipt", async () => {
  await threads.say(aSession(), "", "  Hello all  ");
  await expect.poll(async () => (await receipts())[0]?.standing).toBe("held");
  const [receipt] = await receipts();
  expect(server.writes().map(({ method, path }) => [method, path])).toEqual([
    ["PUT", `/api/v1/sessions/${SESSION}/comments/${receipt?.id}/`],
  ]);
  expect(receipt?.secret.kind).toBe("comment");
  expect(bodies()[0]).toMatchObject({ text: "Hello all", parent: null });
});

test("one voice speaks in a session, and another one in the next", async () => {
  const parent = "39352539-055d-8969-9674-d3c0955daf3f";
  const elsewhere = aSession({ id: "6d1f0c3e-8a7b-4c2d-9e6f-1a2b3c4d5e6f" });
  for (const [session, place] of [
    [aSession(), ""],
    [aSession(), parent],
    [elsewhere, ""],
  ] as const) {
    const before = server.writes().length;
    await noPause();
    await threads.say(session, place, "Hello");
    await expect.poll(() => server.writes().length).toBe(before + 1);
  }
  const [first, second, third] = bodies();
  expect(second?.voice).toBe(first?.voice);
  expect(third?.voice).not.toBe(first?.voice);
  expect(second?.parent).toBe(parent);
});

test("the draft is gone once the words are in the outbox, not before", async () => {
  await put("drafts", `say:${SESSION}:`, "Hello");
  await threads.say(aSession(), "", "Hello");
  expect((await takeDrafts(SESSION)).size).toBe(0);
});

/** A day that is open on this phone, and asks for a code or does not. */
async function at(joinCode: boolean): Promise<void> {
  const { arrive } = await import("@src/programme/here");
  arrive("leeds", { id: EVENT, join_code: joinCode } as EventDay);
}

test.each([
  [true, "tulip"],
  [false, undefined],
])("the kept code of the day goes along where the day asks for one (%s), and only there", async (asks, code) => {
  await at(asks);
  await put("keys", `code:${EVENT}`, "tulip");
  await threads.say(aSession(), "", "Hello");
  await expect.poll(() => bodies().length).toBe(1);
  expect(bodies()[0]?.code).toBe(code);
});

test("a change goes under the same id by its receipt, with a proof, and the words are learnt once it is taken", async () => {
  const receipt = await threads.say(aSession(), "", "Hello");
  await expect.poll(async () => (await receipts())[0]?.standing).toBe("held");
  await put("receipts", receipt.id, { ...receipt, standing: "returned", reason: "unkind", note: "Please be kind." });
  await noPause();
  await threads.change(receipt, "  Good day ");
  await expect.poll(async () => (await receipts())[0]?.standing).toBe("held");
  const [, change] = server.writes();
  expect([change?.method, change?.path]).toEqual(["PATCH", `/api/v1/sessions/${SESSION}/comments/${receipt.id}/`]);
  expect(change?.headers.authorization?.startsWith("Receipt ")).toBe(true);
  expect(bodies()[1]).toEqual({ text: "Good day", proof: { type: "none" } });
  expect((await receipts())[0]).toMatchObject({ text: "Good day", reason: "", note: "" });
});

test("a change with no signal waits on the phone, and one who withdraws after all sends no change", async () => {
  const receipt = await threads.say(aSession(), "", "Hello");
  await expect.poll(async () => (await receipts())[0]?.standing).toBe("held");
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await threads.change(receipt, "Good day");
  expect((await all("outbox")).map(([key]) => key)).toEqual([`resay:${receipt.id}`]);
  await threads.withdraw({ ...receipt, standing: "held" });
  expect((await all("outbox")).map(([key]) => key)).toEqual([`unsay:${receipt.id}`]);
});

test("what the talk showed before a change is not taken for the changed words", async () => {
  const receipt = await threads.say(aSession(), "", "Good day");
  await expect.poll(async () => (await receipts())[0]?.standing).toBe("held");
  const { learnFromShown } = await import("@src/threads/own");
  await learnFromShown(SESSION, [aComment(receipt.id, 1, { session: SESSION, text: "Hello" })]);
  expect((await receipts())[0]?.standing).toBe("held");
  await learnFromShown(SESSION, [aComment(receipt.id, 2, { session: SESSION, text: "Good day" })]);
  expect((await receipts())[0]?.standing).toBe("shown");
});

test("a comment that never left is taken back without a request", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const receipt = await threads.say(aSession(), "", "Hello");
  await threads.withdraw(receipt);
  expect([await receipts(), await all("outbox"), server.writes()]).toEqual([[], [], []]);
});

test("a comment the server has is withdrawn by its receipt alone", async () => {
  await threads.say(aSession(), "", "Hello");
  await expect.poll(async () => (await receipts())[0]?.standing).toBe("held");
  await noPause();
  const [receipt] = await receipts();
  await threads.withdraw(receipt as Receipt);
  await expect.poll(async () => (await receipts())[0]?.standing).toBe("withdrawn");
  const { auth } = bodies()[0] ?? {};
  const last = server.writes().at(-1);
  expect([last?.method, last?.headers.authorization]).toEqual(["DELETE", `Receipt ${auth}`]);
});

test("words that were sent back go into the box they came from", async () => {
  const parent = "39352539-055d-8969-9674-d3c0955daf3f";
  await threads.say(aSession(), parent, "Hello");
  await expect.poll(async () => (await receipts())[0]?.standing).toBe("held");
  const [receipt] = await receipts();
  const place = await threads.compose({ ...(receipt as Receipt), standing: "returned" });
  expect([place, (await takeDrafts(SESSION)).get(parent)]).toEqual([parent, "Hello"]);
});
