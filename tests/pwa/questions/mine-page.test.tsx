import { all, destroy, put } from "@src/lib/store";
import { MinePage } from "@src/questions/mine-page";
import { newSecret } from "@src/safety/profile";
import type { Receipt, Standing } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aServer, type Server } from "../safety/server";
import { EVENT, SESSION } from "./makers";
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

test("no request ever holds the id of a question that is not shown", async () => {
  await mine(aReceipt("held"));
  await expect.poll(() => server.seen.length).toBeGreaterThan(0);
  expect(server.seen.filter(({ path }) => path.includes("39352539"))).toEqual([]);
});
