import { all, destroy, put } from "@src/lib/store";
import type { Receipt } from "@src/safety/receipts";
import { takeDrafts } from "@src/threads/draft";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aSession, SESSION } from "../questions/makers";
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
