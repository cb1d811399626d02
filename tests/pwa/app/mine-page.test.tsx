import { MinePage } from "@src/app/mine-page";
import { set } from "@src/lib/settings";
import { destroy, put } from "@src/lib/store";
import { newSecret } from "@src/safety/profile";
import type { Receipt } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aComment, aLive } from "../makers";
import { aSession, EVENT, SESSION } from "../questions/makers";
import { draw } from "../questions/page";
import { aServer, type Server } from "../safety/server";

let server: Server;

beforeEach(async () => {
  await destroy();
  set({ mineHidden: false });
  server = await aServer(() => ({ status: 503, body: { code: "busy" } }));
});
afterEach(() => server.close());

const said = (more: Partial<Receipt> = {}): Receipt => ({
  id: "7c1a9d52-4e0b-8f6a-9b1e-2d3c4b5a6978",
  secret: newSecret(EVENT, "comment"),
  box: "b",
  session: { id: SESSION, code: "x7k2", title: "Blogs" },
  text: "Me too, for years.",
  warning: "",
  audience: "everyone",
  recap: false,
  standing: "held",
  reason: "",
  note: "",
  reply: "",
  refusal: "",
  ...more,
});

async function mine(receipt: Receipt) {
  await put("receipts", receipt.id, receipt);
  const main = draw(<MinePage />);
  await expect.poll(() => main.querySelector("h2")?.textContent).toBe("What I said");
  return main;
}

test("what was said from this phone stands here too, with its session and how it stands", async () => {
  const main = await mine(said());
  expect(main.textContent).toContain("Me too, for years.");
  expect(main.textContent).toContain("Waiting for review");
  expect(main.querySelector('a[href="/s/x7k2#talk"]')?.textContent).toBe("Blogs");
  expect(main.querySelector(".empty")).toBeNull();
});

test("one that came from another phone has no words until they are public", async () => {
  const comment = aComment(said().id, 2, { text: "Public now.", session: SESSION });
  const main = await mine(said({ text: "" }));
  await expect.poll(() => main.textContent).toContain("The words of this one are not on this phone.");

  server.answer = ({ path }) => {
    if (path.endsWith("/notes/")) return { status: 200, body: { version: 1, notes: [] } };
    if (path.endsWith("/live/")) return { status: 200, body: aLive(2, { session: aSession(), comments: [comment] }) };
    return { status: 503, body: { code: "busy" } };
  };
  [...main.querySelectorAll("button")].find((one) => one.textContent === "Look for news")?.click();

  await expect.poll(() => main.textContent).toContain("Public now.");
  expect(main.textContent).toContain("Shown");
});

test("no request holds the id of what was said", async () => {
  await mine(said());
  await expect.poll(() => server.seen.length).toBeGreaterThan(0);
  expect(server.seen.filter(({ path }) => path.includes(said().id))).toEqual([]);
});
