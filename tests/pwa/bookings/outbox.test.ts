import { takeDraft } from "@src/bookings/draft";
import { come, giveBack, hold, startAgain } from "@src/bookings/outbox";
import { all, destroy } from "@src/lib/store";
import { startOutbox } from "@src/safety/outbox";
import type { PlaceReceipt } from "@src/safety/receipts";
import { keep } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aSession, SESSION } from "../questions/makers";
import { aServer, type Reply, type Server } from "../safety/server";
import { aPlace } from "./makers";

let server: Server;
let reply: Reply;
let stop = () => {};

beforeEach(async () => {
  await destroy();
  reply = { status: 201, body: { id: "x", state: "held", ticket: 412 } };
  server = await aServer(({ method }) => (method === "GET" ? { status: 200, body: { type: "none" } } : reply));
  stop = startOutbox();
});
afterEach(async () => {
  stop();
  await server.close();
});

const kept = async () => (await all<PlaceReceipt>("receipts")).map(([, receipt]) => receipt);
const DRAFT = { labels: ["photos"], remote: true };

test("a place is asked for once, with what was ticked and nothing else, and its number is kept", async () => {
  const { receipt, durable } = await hold(aSession(), DRAFT);
  expect(durable).toBe(true);

  await expect.poll(kept).toMatchObject([{ standing: "held", ticket: 412, labels: ["photos"], remote: true }]);

  const [put, ...more] = server.writes();
  expect(more).toEqual([]);
  expect([put?.method, put?.path]).toEqual(["PUT", `/api/v1/sessions/${SESSION}/bookings/${receipt.id}/`]);
  const { auth, reply_key, proof, padding, ...said } = JSON.parse(put?.body ?? "{}");
  expect(said).toEqual(DRAFT);
  expect([auth.length, reply_key.length, proof]).toEqual([43, 43, { type: "none" }]);
});

test("where it is full one is on the waiting list, which is not the same as waiting on the phone", async () => {
  reply = { status: 201, body: { id: "x", state: "waiting", ticket: 500 } };
  await hold(aSession(), DRAFT);
  await expect.poll(kept).toMatchObject([{ standing: "listed", ticket: 500 }]);
});

test("with no signal it waits, and taking it back then leaves nothing to send", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const { receipt } = await hold(aSession(), DRAFT);
  expect(await kept()).toMatchObject([{ standing: "waiting" }]);

  await giveBack(receipt);

  expect([await kept(), await all("outbox"), server.writes()]).toEqual([[], [], []]);
});

test("what was refused keeps its reason and what was ticked, and can be tried again", async () => {
  reply = { status: 409, body: { code: "bookings-closed", detail: "No more places are given out here." } };
  await hold(aSession(), DRAFT);
  await expect.poll(kept).toMatchObject([{ standing: "refused", labels: ["photos"] }]);

  await startAgain((await kept())[0] as PlaceReceipt);

  expect(await takeDraft(SESSION)).toEqual(DRAFT);
  expect(await kept()).toEqual([]);
});

test("coming is told with the receipt of that very place", async () => {
  await keep(aPlace());
  reply = { status: 200, body: { id: aPlace().id, state: "here", ticket: 412 } };
  await come(aPlace());

  await expect.poll(kept).toMatchObject([{ standing: "here", ticket: 412 }]);
  const [post] = server.writes();
  expect([post?.method, post?.path]).toEqual(["POST", `/api/v1/sessions/${SESSION}/bookings/${aPlace().id}/here/`]);
  expect(post?.headers.authorization).toMatch(/^Receipt [\w-]{43}$/);
});

test("what the server says to somebody it cannot let in stands beside the place, which stays", async () => {
  await keep(aPlace({ standing: "listed" }));
  reply = { status: 409, body: { code: "session-full", detail: "It is full just now." } };
  await come(aPlace({ standing: "listed" }));
  await expect.poll(kept).toMatchObject([{ standing: "listed", refusal: expect.stringContaining("full") }]);
});

test("a place that is given back is given back at the server", async () => {
  await keep(aPlace());
  reply = { status: 204 };
  await giveBack(aPlace());
  await expect.poll(kept).toMatchObject([{ standing: "withdrawn" }]);
  expect(server.writes().map(({ method }) => method)).toEqual(["DELETE"]);
});
