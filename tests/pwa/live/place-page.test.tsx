import { lines } from "@src/bookings/own";
import { set } from "@src/lib/settings";
import { all, destroy } from "@src/lib/store";
import type { Session } from "@src/lib/wire";
import { PlacePage } from "@src/live/place-page";
import type { PlaceReceipt } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { oneLine } from "../bookings/makers";
import { aDay, aLive } from "../makers";
import { aSession, EVENT } from "../questions/makers";
import { button, draw } from "../questions/page";
import { aServer, type Server } from "../safety/server";

// As behind https: read once, when the app is loaded.
vi.hoisted(() => vi.stubGlobal("isSecureContext", true));

let server: Server;
let session: Session;
let line = oneLine();
const LABELS = ["video", "photos", "scams", "blogs", "carer", "settings"];

beforeEach(async () => {
  await destroy();
  set({ mineHidden: false, quiet: true });
  lines.value = new Map();
  line = oneLine();
  session = aSession({ code: `code${Math.random()}`, starts: soon(1), ends: soon(2) });
  server = await aServer(({ path, method }) => {
    if (method === "PUT") return { status: 201, body: { id: "x", state: "held", ticket: 412 } };
    if (path.includes("/proofs/")) return { status: 200, body: { type: "none" } };
    if (path.endsWith("/notes/")) return { status: 200, body: { version: 1, notes: [] } };
    if (path.includes("/sessions/")) return { status: 200, body: aLive(1, { session }) };
    if (path.endsWith("/live/")) return { status: 200, body: { version: 3, lines: [line], here: [] } };
    return { status: 200, body: aDay({ id: EVENT, labels: LABELS }) };
  });
});
afterEach(() => server.close());

const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

function page() {
  const main = draw(<PlacePage code={session.code} />);
  return main;
}

async function form() {
  const main = page();
  await expect.poll(() => main.querySelector("form")).toBeTruthy();
  return main;
}

test("holding a place asks for nothing but what help is wanted, and shows the number", async () => {
  const main = await form();
  await expect.poll(() => main.querySelectorAll(".place-labels input").length).toBe(LABELS.length);
  expect(main.querySelector("input[type=text], input[type=email], textarea")).toBeNull();
  (main.querySelector(".place-labels input") as HTMLInputElement).click();
  button(main, "Hold a place").click();

  await expect.poll(() => main.querySelector(".ticket strong")?.textContent).toBe("412");
  expect(main.querySelector("h1")?.textContent).toBe("Your place");
  const put = server.writes()[0];
  expect(JSON.parse(put?.body ?? "{}")).toMatchObject({ labels: ["blogs"], remote: false });
});

test("a full session offers the waiting list, and says that one can just turn up", async () => {
  line = oneLine({ seats: "full" });
  const main = await form();
  await expect.poll(() => main.textContent).toContain("Full: you can wait for one, or just turn up.");
  expect(button(main, "Wait for a place")).toBeTruthy();
});

test("six kinds of help are one too many, and stay ticked", async () => {
  const main = await form();
  await expect.poll(() => main.querySelectorAll(".place-labels input").length).toBe(LABELS.length);
  for (const box of main.querySelectorAll<HTMLInputElement>(".place-labels input")) box.click();
  button(main, "Hold a place").click();
  await expect.poll(() => main.querySelector('[role="alert"]')?.textContent).toBe("Please tick five at most.");
  expect(main.querySelectorAll(".place-labels input:checked").length).toBe(LABELS.length);
  expect(server.writes()).toEqual([]);
});

test("what was ticked is there again after a reload", async () => {
  const main = await form();
  (main.querySelector('input[type="checkbox"]:not(.place-labels *)') as HTMLInputElement).click();
  await expect.poll(async () => (await all("drafts")).length).toBe(1);

  const again = await form();
  await expect.poll(() => again.querySelectorAll("input:checked").length).toBe(1);
});

test("with no signal the place waits on the phone", async () => {
  const main = await form();
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  button(main, "Hold a place").click();
  await expect.poll(() => main.querySelector(".status")?.textContent).toBe("Not sent yet");
  expect((await all<PlaceReceipt>("receipts")).map(([, { standing }]) => standing)).toEqual(["waiting"]);
});

test.each([
  ["it is over", { ends: "2020-01-01T00:00:00Z" }, "No more places are given out here"],
  ["it is cancelled", { state: "cancelled" }, "No more places are given out here"],
  ["there is room for everybody", { kind: "talk", capacity: null }, "You need not hold a place here"],
] as [string, Partial<Session>, string][])("where %s, the page says so, and the way in", async (_name, some, words) => {
  session = { ...session, ...some };
  const main = page();
  await expect.poll(() => main.textContent).toContain(words);
  expect(main.textContent).toContain("ust turn up");
  expect(main.querySelector("form")).toBeNull();
});

test("before a place is held nothing is sent about one", async () => {
  await form();
  expect(server.seen.filter(({ path }) => path.includes("/bookings/"))).toEqual([]);
});
