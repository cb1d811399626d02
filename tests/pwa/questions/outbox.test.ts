import { all, destroy } from "@src/lib/store";
import { EMPTY, keepDraft, takeDraft } from "@src/questions/draft";
import { ask, change, compose, withdraw } from "@src/questions/outbox";
import type { Item } from "@src/safety/outbox";
import { derive } from "@src/safety/profile";
import { keep, type Receipt } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aServer, type Server } from "../safety/server";
import { aSession, EVENT, SESSION } from "./makers";

let server: Server;
const online = () => vi.spyOn(navigator, "onLine", "get");

beforeEach(async () => {
  await destroy();
  server = await aServer(() => ({ status: 200, body: { type: "none" } }));
  online().mockReturnValue(false);
});
afterEach(() => server.close());

const waiting = async () => (await all<Item & { tries: number }>("outbox")).map(([, item]) => item);
const kept = async () => (await all<Receipt>("receipts")).map(([, receipt]) => receipt);

test("asking keeps the receipt and the words before anything is sent", async () => {
  await keepDraft(SESSION, { ...EMPTY, text: "How do I start?" });
  const { receipt, durable } = await ask(aSession(), { ...EMPTY, text: "  How do I start? ", code: " tulip " });
  const { id, auth, replyKey } = await derive(receipt.secret);
  const [item] = await waiting();
  expect(durable).toBe(true);
  expect(server.seen).toEqual([]);
  expect(await kept()).toEqual([receipt]);
  expect(receipt).toMatchObject({
    id,
    standing: "waiting",
    text: "How do I start?",
    secret: { event: EVENT, kind: "question" },
  });
  expect(item?.path).toBe(`/api/v1/sessions/${SESSION}/questions/${id}/`);
  expect(item?.body).toEqual({
    text: "How do I start?",
    auth,
    reply_key: replyKey,
    audience: "everyone",
    recap: true,
    code: "tulip",
  });
  expect((await takeDraft(SESSION)).text).toBe("");
});

test("what waits to be sent holds no secret of the receipt", async () => {
  const { receipt } = await ask(aSession(), { ...EMPTY, text: "How do I start?" });
  expect(JSON.stringify(await waiting()).includes(receipt.secret.seed)).toBe(false);
});

test("two questions of one phone have nothing in common but what was chosen", async () => {
  const { receipt: one } = await ask(aSession(), { ...EMPTY, text: "First" });
  const { receipt: two } = await ask(aSession(), { ...EMPTY, text: "Second" });
  const [first, second] = (await waiting()).map(({ body }) => new Set(Object.values(body ?? {}).map(String)));
  expect(one.id === two.id).toBe(false);
  expect([...(first ?? [])].filter((value) => second?.has(value)).sort()).toEqual(["everyone", "true"]);
});

test("a question that never left is taken back without a request", async () => {
  const { receipt } = await ask(aSession(), { ...EMPTY, text: "How do I start?" });
  await withdraw(receipt);
  expect([await waiting(), await kept(), server.seen]).toEqual([[], [], []]);
});

test("a question that may have arrived is withdrawn from the server, by its receipt", async () => {
  const { receipt } = await ask(aSession(), { ...EMPTY, text: "How do I start?" });
  await withdraw({ ...receipt, standing: "held" });
  expect(await waiting()).toEqual([]);
  await keep({ ...receipt, standing: "held" });
  await withdraw({ ...receipt, standing: "held" });
  const [item] = await waiting();
  const { auth } = await derive(receipt.secret);
  expect(item).toMatchObject({ method: "DELETE", authorization: `Receipt ${auth}`, body: null, proof: null });
});

test("a change goes under the same id and waits for its proof", async () => {
  const { receipt } = await ask(aSession(), { ...EMPTY, text: "How do I start?" });
  await change({ ...receipt, standing: "held" }, " How do I begin? ");
  const item = (await waiting()).find(({ method }) => method === "PATCH");
  expect(item?.body).toEqual({ text: "How do I begin?" });
  expect(item?.proof).toEqual({ act: "ask", session: SESSION });
  expect(item?.path).toContain(receipt.id);
});

test("words the server refused go back into the box of their session", async () => {
  const { receipt } = await ask(aSession(), {
    ...EMPTY,
    text: "How do I start?",
    warning: "loss",
    audience: "surgeons",
  });
  await compose({ ...receipt, standing: "refused" });
  expect(await takeDraft(SESSION)).toMatchObject({ text: "How do I start?", warning: "loss", audience: "surgeons" });
  expect([await waiting(), await kept()]).toEqual([[], []]);
});
