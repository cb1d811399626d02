import { destroy } from "@src/lib/store";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aDoorServer, type DoorServer } from "./server";

const E = "e1";
let server: DoorServer;
let door: Awaited<ReturnType<typeof aPage>>;

/** The app as it starts, or starts again, with somebody of the door signed in. */
async function aPage() {
  vi.resetModules();
  const account = await import("@src/desk/account");
  const kept = await import("@src/desk/door/kept");
  const sending = await import("@src/desk/door/sending");
  await account.signIn("dora@example.org", "right", false);
  return { ...account, ...kept, ...sending };
}

const waiting = async () => door.waitingOf(await door.keptAt(E)).length;
const spares = async () => door.sparesOf(await door.keptAt(E)).length;
const give = async (session = "s1", labels: string[] = []) => {
  const given = await door.giveSpare(E, session, labels);
  if (!given) throw new Error("no number left");
  return given;
};

beforeEach(async () => {
  await destroy();
  server = await aDoorServer();
  door = await aPage();
  await door.flush(E);
});
afterEach(() => server.close());

test("twelve numbers are fetched ahead, and again when few are left", async () => {
  expect(await spares()).toBe(12);
  for (let n = 0; n < 4; n += 1) await give();
  await door.flush(E);
  expect([await spares(), server.given.size]).toEqual([12, 4]);
});

test("with no network numbers are given out, people checked in and heads counted; then all is sent in order", async () => {
  server.mode = "down";
  const first = await give("s1", ["Photos"]);
  expect(await door.admit(E, 512)).toBeNull();
  const second = await give("s2");
  await door.countHeads(E, "s1", 1);
  await door.countHeads(E, "s1", 1);
  await door.flush(E);
  expect([await waiting(), door.standing.value, server.done]).toEqual([4, "offline", []]);

  server.mode = "up";
  await door.flush(E);
  expect(server.done).toEqual([`gave ${first.id}`, "arrived 512", `gave ${second.id}`, "counted 2"]);
  expect([await waiting(), door.standing.value]).toEqual([0, "well"]);
  expect(server.given.get(first.id)).toEqual({ session: "s1", labels: ["Photos"] });
  expect(door.heardLate.value.map(({ ticket }) => ticket)).toEqual([512]);
});

test("what waits outlives the page, and is sent when it opens again", async () => {
  server.mode = "down";
  const { id } = await give();
  await door.admit(E, 512);
  door = await aPage();
  server.mode = "up";
  const { wakeDoor } = await import("@src/desk/door-wake");
  await wakeDoor();
  expect([server.done, await waiting()]).toEqual([[`gave ${id}`, "arrived 512"], 0]);
});

test("a number given out before the page died is never given out again", async () => {
  server.mode = "down";
  const { id } = await give();
  door = await aPage();
  const others = [];
  for (let n = 0; n < 11; n += 1) others.push((await give()).id);
  expect([others.includes(id), await door.giveSpare(E, "s1", [])]).toEqual([false, null]);
});

test("an answer that was lost has no second effect", async () => {
  server.mode = "deaf";
  const { id } = await give();
  await door.flush(E);
  server.mode = "up";
  await door.flush(E);
  server.mode = "deaf";
  await door.admit(E, 512);
  await door.countHeads(E, "s1", 1);
  server.mode = "up";
  await door.flush(E);
  expect(server.done).toEqual([`gave ${id}`, "arrived 512", "counted 1"]);
  expect(await waiting()).toBe(0);
});

test("two at one door at the same moment get two numbers", async () => {
  const given = await Promise.all([1, 2, 3, 4, 5].map(() => give()));
  expect(new Set(given.map(({ id }) => id)).size).toBe(5);
  expect(new Set(given.map(({ order }) => order)).size).toBe(5);
});

test("a number that nobody has is said at once to whoever waits, and kept for a look where nobody did", async () => {
  server.unknown.add(512).add(613);
  expect(await door.admit(E, 512)).toEqual({ ticket: 512, outcome: "unknown", session: null });
  server.mode = "down";
  expect(await door.admit(E, 613)).toBeNull();
  server.mode = "up";
  await door.flush(E);
  expect((await door.keptAt(E)).arrivals).toEqual([{ ticket: 613, outcome: "unknown" }]);
  await door.dropArrival(E, 613);
  expect((await door.keptAt(E)).arrivals).toEqual([]);
});

test("labels that are not offered any more are left out rather than the person", async () => {
  server.mode = "down";
  const { id } = await give("s1", ["Photos"]);
  server.mode = "up";
  const answer = server.answer;
  server.answer = (request) =>
    request.body.includes("Photos")
      ? { status: 400, body: { code: "invalid", detail: "No such label." } }
      : answer(request);
  await door.flush(E);
  expect(server.given.get(id)).toEqual({ session: "s1", labels: [] });
});

test("what the server refuses stays for a look, and holds up nothing behind it", async () => {
  server.mode = "down";
  const { id, ticket } = await give();
  await door.admit(E, 512);
  server.mode = "up";
  const answer = server.answer;
  server.answer = (request) =>
    request.path.includes(`/tickets/${id}/`)
      ? { status: 409, body: { code: "bookings-closed", detail: "It is over." } }
      : answer(request);
  await door.flush(E);
  expect(server.done).toEqual(["arrived 512"]);
  expect((await door.keptAt(E)).tickets.filter(({ refused }) => refused)).toEqual([
    { id, ticket, refused: "It is over." },
  ]);
});

test("whoever has no role at the door sends nothing and loses nothing", async () => {
  server.mode = "down";
  await give();
  await door.signOut();
  server.mode = "up";
  server.role = "surgeon";
  door = await aPage();
  await door.flush(E);
  expect([door.standing.value, await waiting(), server.done]).toEqual(["refused", 1, []]);
});

test("a busy server is given the pause it asks for", async () => {
  await give();
  server.refuse = { status: 503, headers: { "Retry-After": "30" }, body: { code: "busy" } };
  await door.flush(E);
  server.refuse = null;
  await door.flush(E);
  expect([await waiting(), server.done]).toEqual([1, []]);
});

test("heads never fall below none, and a counter tells its own total", async () => {
  expect(await door.countHeads(E, "s1", -1)).toBe(0);
  for (const by of [1, 1, 1, -1]) await door.countHeads(E, "s1", by);
  await door.countHeads(E, "s2", 1);
  await door.flush(E);
  expect([...server.heads.values()]).toEqual([{ s1: 2, s2: 1 }]);
});
