import { all, destroy, put } from "@src/lib/store";
import { MinePage } from "@src/questions/mine-page";
import { newSecret } from "@src/safety/profile";
import type { Receipt, Standing } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aLive } from "../makers";
import { aServer, type Seen, type Server } from "../safety/server";
import { anAnswer, aQuestion, aSession, EVENT, SESSION } from "./makers";
import { button, draw } from "./page";

let server: Server;

beforeEach(async () => {
  await destroy();
  server = await aServer(() => ({ status: 503, body: { code: "busy" } }));
});
afterEach(() => server.close());

const aReceipt = (standing: Standing, more: Partial<Receipt> = {}): Receipt => ({
  id: "39352539-055d-8969-9674-d3c0955daf3f",
  secret: newSecret(EVENT, "question"),
  box: "b",
  session: { id: SESSION, code: "x7k2", title: "Blogs" },
  text: "How do I start?",
  warning: "",
  audience: "everyone",
  recap: true,
  standing,
  reason: "",
  note: "",
  reply: "",
  refusal: "",
  ...more,
});

async function mine(receipt: Receipt) {
  await put("receipts", receipt.id, receipt);
  const main = draw(<MinePage />);
  await expect.poll(() => main.querySelector("article details")).toBeTruthy();
  return main;
}

test.each([
  ["held", "Waiting for review", "Somebody who looks after the day reads it first."],
  ["shown", "Shown", "Everyone at the session can see it."],
  ["returned", "Sent back to you", "You can change it and send it again."],
  ["hidden", "Not shown", "It was taken off the list."],
  ["withdrawn", "Withdrawn", "It is gone for everyone."],
  ["waiting", "Waiting on this phone", "It goes by itself as soon as there is a connection."],
] as const)("a question says how it stands and what comes next: %s", async (standing, word, next) => {
  const main = await mine(aReceipt(standing));
  await expect.poll(() => main.querySelector(".status")?.textContent).toBe(word);
  await expect.poll(() => main.textContent).toContain(next);
});

test("one that was sent back says why, in words", async () => {
  const main = await mine(aReceipt("returned", { reason: "names-somebody", note: "Please leave out the ward." }));
  await expect.poll(() => main.textContent).toContain("It names somebody, or somebody could be recognised.");
  await expect.poll(() => main.textContent).toContain("They wrote: Please leave out the ward.");
});

test("what the server refused keeps its words and the reason", async () => {
  const main = await mine(aReceipt("refused", { refusal: "This session is not taking questions now." }));
  await expect.poll(() => main.textContent).toContain("How do I start?");
  await expect.poll(() => main.textContent).toContain("This session is not taking questions now.");
});

/** A server with this session; everything else it knows nothing of. */
const live =
  (more: object) =>
  ({ path }: Seen) => {
    if (path.endsWith("/notes/")) return { status: 200, body: { version: 1, notes: [] } };
    if (path.endsWith("/live/")) return { status: 200, body: aLive(1, { session: aSession(), ...more }) };
    return { status: 503, body: { code: "busy" } };
  };

test("one that was joined with another shows that one and its answers, and that votes are added", async () => {
  const into = "5ad1c3b2-0e0f-4a61-8f0b-7c6d5e4f3a2b";
  const other = aQuestion(into, { text: "How does one begin?", answers: [anAnswer()] });
  server.answer = live({ questions: [other] });
  const main = await mine(aReceipt("merged", { into }));
  await expect.poll(() => main.querySelector(".joined")?.textContent).toContain("How does one begin?");
  expect(main.querySelector(".joined")?.textContent).toContain("Start with one page.");
  expect(main.textContent).toContain("the votes are added");
  expect(main.textContent).toContain("How do I start?");
  expect([...main.querySelectorAll("button")].map((one) => one.textContent)).not.toContain("Change it");
});

test("while questions are paused, one that waits says so", async () => {
  server.answer = live({ session: aSession({ paused: true }) });
  const main = await mine(aReceipt("waiting"));
  await expect
    .poll(() => main.textContent)
    .toContain("The moderators have paused questions. Yours is safe on this phone and goes by itself.");
});

test("a private reply is shown as one", async () => {
  const main = await mine(aReceipt("held", { reply: "Come to table 3." }));
  await expect.poll(() => main.textContent).toContain("Come to table 3.");
});

test("withdrawing asks once and goes through the outbox", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const main = await mine(aReceipt("held"));
  button(main, "Withdraw").click();
  await expect.poll(() => main.textContent).toContain("It will be gone for everyone.");
  button(main, "Yes, withdraw it").click();
  await expect
    .poll(async () => (await all<{ method: string }>("outbox")).map(([, { method }]) => method))
    .toEqual(["DELETE"]);
});

test("nothing is read under the id of a question that is not shown", async () => {
  await mine(aReceipt("held"));
  await expect.poll(() => server.seen.length).toBeGreaterThan(0);
  expect(server.seen.filter(({ method, path }) => method === "GET" && path.includes("39352539"))).toEqual([]);
});
