import { destroy } from "@src/lib/store";
import { derive } from "@src/safety/profile";
import { everyReceipt, keep, type Receipt } from "@src/safety/receipts";
import { ShowLead, showReply } from "@src/safety/show-lead";
import { afterEach, beforeEach, expect, test } from "vitest";
import vectors from "../../vectors/receipts.json";
import { button, draw } from "../questions/page";
import { secretOf } from "./makers";
import { aServer, type Server } from "./server";

const SESSION = "5d1f0c3e-8a7b-4c2d-9e6f-1a2b3c4d5e6f";
const note = vectors.notes.find(({ plaintext }) => plaintext.note);
const row = vectors.cases.find(({ box }) => box === note?.box);
if (!note || !row) throw new Error("no words among the vectors");

const receipt: Receipt = {
  id: row.id,
  secret: secretOf(row),
  box: row.box,
  session: { id: SESSION, code: "x7k2", title: "Blogs" },
  text: "How do I start?",
  warning: "",
  audience: "surgeons",
  recap: true,
  standing: "shown",
  reason: "",
  note: "",
  reply: note.plaintext.note,
  refusal: "",
};

let server: Server;
let done: number;

beforeEach(async () => {
  await destroy();
  await keep(receipt);
  done = 0;
  const { box, sealed } = note;
  server = await aServer(({ method }) =>
    method === "POST" ? { status: 204 } : { status: 200, body: { version: 1, notes: [{ box, sealed }] } },
  );
});
afterEach(() => server.close());

const told = async () => (await everyReceipt())[0]?.told;

test("it asks first, says what is handed over, and sends nothing before", async () => {
  const main = draw(<ShowLead receipt={receipt} onDone={() => done++} />);
  expect(main.textContent).toContain("They read this reply and, where it is known, who wrote it.");
  expect(main.textContent).toContain("They do not see who you are. It cannot be taken back.");
  expect(server.seen).toEqual([]);
  button(main, "No, leave it").click();
  expect([done, server.seen, await told()]).toEqual([1, [], undefined]);
});

test("what opens this one note is sent by its receipt, no key of the phone with it, and it is remembered", async () => {
  const main = draw(<ShowLead receipt={receipt} onDone={() => done++} />);
  button(main, "Yes, show it").click();
  await expect.poll(told).toBe(receipt.reply);
  expect(done).toBe(1);
  const [sent] = server.writes();
  const { auth } = await derive(receipt.secret);
  expect([sent?.method, sent?.path, sent?.headers.authorization]).toEqual([
    "POST",
    "/api/v1/receipts/show-note/",
    `Receipt ${auth}`,
  ]);
  const body = JSON.parse(sent?.body ?? "") as Record<string, string>;
  expect([Object.keys(body), body.opening?.length]).toEqual([["opening"], 43]);
  const everything = JSON.stringify(server.seen);
  expect([receipt.secret.seed, receipt.reply].filter((one) => everything.includes(one))).toEqual([]);
});

test("where another note lies in the box by now, nothing is sent", async () => {
  expect(await showReply({ ...receipt, reply: "Something else" })).toContain("Nothing was sent.");
  expect([server.writes(), await told()]).toEqual([[], undefined]);
});

test("with no network it says that nothing was sent, and can be tried again", async () => {
  server.answer = () => "hang up";
  const main = draw(<ShowLead receipt={receipt} onDone={() => done++} />);
  button(main, "Yes, show it").click();
  await expect.poll(() => main.textContent).toContain("There is no connection just now. Nothing was sent.");
  expect([done, button(main, "Yes, show it").disabled]).toEqual([0, false]);
});

test("a refusal is told in the server's words", async () => {
  const { answer } = server;
  const detail = "This reply is not the one that lies in your box now.";
  server.answer = (request) =>
    request.method === "POST" ? { status: 409, body: { code: "cannot-open-note", detail } } : answer(request);
  expect(await showReply(receipt)).toBe(detail);
});
