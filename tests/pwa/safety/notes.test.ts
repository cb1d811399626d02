import { destroy } from "@src/lib/store";
import { readNotes } from "@src/safety/notes";
import { everyReceipt, keep, learn, type Receipt } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test } from "vitest";
import vectors from "../../vectors/receipts.json";
import { secretOf } from "./makers";
import { aServer, type Server } from "./server";

const SESSION = "5d1f0c3e-8a7b-4c2d-9e6f-1a2b3c4d5e6f";
let server: Server;

const aReceipt = (place: number): Receipt => {
  const row = vectors.cases[place];
  if (!row) throw new Error(`no case ${place}`);
  return {
    id: row.id,
    secret: secretOf(row),
    box: row.box,
    session: { id: SESSION, code: "x7k2", title: "Blogs" },
    text: "How do I start?",
    warning: "",
    audience: "everyone",
    recap: true,
    standing: "held",
    reason: "",
    note: "",
    reply: "",
    refusal: "",
  };
};

beforeEach(async () => {
  await destroy();
  const notes = vectors.notes.map(({ box, sealed }) => ({ box, sealed }));
  server = await aServer(() => ({
    status: 200,
    body: { version: 9, notes: [...notes, { box: "A".repeat(22), sealed: "x" }] },
  }));
});
afterEach(() => server.close());

test("a question that was sent back says why, in the words of who did it", async () => {
  await keep(aReceipt(0));
  await readNotes(SESSION);
  const [receipt] = await everyReceipt();
  expect(receipt).toMatchObject({ standing: "returned", reason: "off-topic", note: vectors.notes[0]?.plaintext.note });
});

test("a private reply is kept and leaves the standing as it was", async () => {
  await keep({ ...aReceipt(7), standing: "shown" });
  await readNotes(SESSION);
  expect((await everyReceipt())[0]).toMatchObject({ standing: "shown", reply: vectors.notes[1]?.plaintext.note });
});

test("a note says its news once: after a change it is not sent back again", async () => {
  await keep(aReceipt(0));
  await readNotes(SESSION);
  await learn(aReceipt(0).id, { standing: "held", reason: "", note: "" });
  await readNotes(SESSION);
  expect((await everyReceipt())[0]).toMatchObject({ standing: "held", reason: "", note: "" });
});

test("a phone that asked and one that did not make the same request", async () => {
  await readNotes(SESSION);
  await keep(aReceipt(0));
  await readNotes(SESSION);
  const [bystander, asker] = server.seen.map(({ method, path, body }) => ({ method, path, body }));
  expect(asker).toEqual(bystander);
});

test("a note in one's own box that does not open changes nothing", async () => {
  await keep(aReceipt(0));
  server.answer = () => ({
    status: 200,
    body: { version: 9, notes: [{ box: aReceipt(0).box, sealed: "A".repeat(747) }] },
  });
  await readNotes(SESSION);
  expect((await everyReceipt())[0]).toEqual(aReceipt(0));
});
