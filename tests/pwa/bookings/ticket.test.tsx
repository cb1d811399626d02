import { lines } from "@src/bookings/own";
import { Ticket } from "@src/bookings/ticket";
import { set } from "@src/lib/settings";
import { all, destroy, put } from "@src/lib/store";
import { arrive, here } from "@src/programme/here";
import { readKept } from "@src/safety/kept";
import type { PlaceReceipt } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aDay, aSession } from "../makers";
import { SESSION } from "../questions/makers";
import { button, draw } from "../questions/page";
import { aServer, type Server } from "../safety/server";
import { aPlace, oneLine } from "./makers";

let server: Server;

beforeEach(async () => {
  await destroy();
  await readKept();
  set({ quiet: false });
  lines.value = new Map();
  server = await aServer(() => ({ status: 503, body: { code: "busy" } }));
});
afterEach(() => server.close());

const ticket = (some: Partial<PlaceReceipt>, onAgain = () => {}) =>
  draw(<Ticket receipt={aPlace(some)} onAgain={onAgain} />);

test.each([
  ["held", "Held for you", "Show or say 412 at the door, or tap “I'm here” when you have come."],
  ["listed", "On the waiting list", "If a place comes free, you read it here. You can also just turn up."],
  ["here", "You are here", "You are in the line. Look out for 412"],
  ["called", "It's your turn", "It's your turn: table 3"],
  ["served", "Done", "Thank you for coming."],
  ["left", "You have left", "Come to the door, and you get another."],
  ["withdrawn", "Given back", "Somebody else can have it now."],
  ["waiting", "Not sent yet", "It is safe on this phone"],
] as const)("a place says how it stands and what comes next: %s", (standing, word, next) => {
  const main = ticket({ standing, note: standing === "called" ? "table 3" : "" });
  expect(main.querySelector(".status")?.textContent).toBe(word);
  expect(main.querySelector('[role="status"]')?.textContent).toContain(next);
});

test.each(["served", "left", "withdrawn"] as const)("a number that is over is not shown: %s", (standing) => {
  expect(ticket({ standing }).textContent).not.toContain("412");
});

test.each(["held", "listed", "here"] as const)("a place at a session that was cancelled says so: %s", (standing) => {
  const main = draw(<Ticket receipt={aPlace({ standing })} cancelled onAgain={() => {}} />);
  expect(main.querySelector(".status")?.textContent).toBe("Cancelled");
  expect(main.textContent).toContain("This session was cancelled, so nobody will be called there.");
  expect(main.textContent).not.toContain("412");
  expect([...main.querySelectorAll("button")].map((one) => one.textContent)).toEqual(["Don't keep it here"]);
});

test("My places know of it by the day that is kept", () => {
  arrive("leeds", aDay({ sessions: [aSession({ id: SESSION, state: "cancelled", ends: "2090-11-22T15:15:00Z" })] }));
  const main = ticket({});
  here.value = "";
  expect(main.querySelector(".status")?.textContent).toBe("Cancelled");
  expect(main.querySelector('a[href="/e/leeds/programme"]')).not.toBeNull();
});

test("what the server refused says why, and can be tried again", async () => {
  const again = vi.fn();
  const main = ticket({ standing: "refused", refusal: "No more places are given out here.", ticket: null }, again);
  expect(main.textContent).toContain("No more places are given out here.");
  button(main, "Try again").click();
  await expect.poll(() => again.mock.calls.length).toBe(1);
});

test("somebody at home is ready, not here", () => {
  const main = ticket({ remote: true });
  expect(button(main, "I'm ready")).toBeTruthy();
  expect(main.textContent).toContain("From home");
});

test("whoever is in the line reads how long it is, and what nobody can help with yet", () => {
  arrive("york", aDay({ slug: "york", minutes: 15 }));
  lines.value = new Map([[SESSION, oneLine({ waiting: 3, wait: 20, missing: ["Photos", "scams"] })]]);
  const main = ticket({ standing: "here", labels: ["photos"] });
  expect(main.textContent).toContain("3 people wait just now. That is about 20 minutes.");
  here.value = "";
  expect(main.textContent).toContain(
    "About 15 minutes for each who waits, shared among the surgeons who see people here.",
  );
  expect(main.textContent).toContain("Nobody who is here just now helps with: Photos.");
});

test("quiet mode counts nobody", () => {
  set({ quiet: true });
  lines.value = new Map([[SESSION, oneLine({ waiting: 3, wait: 20 })]]);
  expect(ticket({ standing: "here" }).textContent).not.toContain("3 people");
});

test("giving a place back asks first, and goes through the outbox", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await put("receipts", aPlace().id, aPlace());
  const main = ticket({});
  button(main, "Give it back").click();
  await expect.poll(() => main.textContent).toContain("Give this place back?");
  expect(await all("outbox")).toEqual([]);
  button(main, "Yes, give it back").click();
  await expect
    .poll(async () => (await all<{ method: string }>("outbox")).map(([, { method }]) => method))
    .toEqual(["DELETE"]);
  await expect.poll(() => main.textContent).toContain("Saying 412 at the door works too.");
});
