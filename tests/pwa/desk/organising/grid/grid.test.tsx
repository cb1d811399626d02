import { signOut } from "@src/desk/account";
import { Grid } from "@src/desk/organising/grid/grid";
import { type Clashes, clashesPath } from "@src/desk/organising/plan-calls";
import { useStaff } from "@src/desk/reading";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import type { EventDay } from "@src/lib/wire";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw } from "../../../questions/page";
import { aServer, type Seen, type Server } from "../../../safety/server";

const ROOMS = [
  { id: "blue", name: "Blue room", about: "" },
  { id: "red", name: "Red room", about: "" },
];
const knots = {
  id: "s1",
  title: "Knots",
  state: "planned",
  starts: "2026-11-22T10:00:00Z",
  ends: "2026-11-22T10:45:00Z",
  room: { id: "blue", name: "Blue room" } as { id: string; name: string } | null,
};
const DAY = {
  id: "e1",
  slug: "leeds",
  timezone: "Europe/London",
  starts: "2026-11-22T09:00:00Z",
  ends: "2026-11-22T17:00:00Z",
  rooms: ROOMS,
};
const CLASH = { kind: "room", what: "Red room", sessions: [knots, { ...knots, id: "s2", title: "Photos" }] };

let server: Server;
let main: HTMLElement;
let there = { ...knots };
let version = 1;
let clashes: unknown[] = [];

/** A small server that knows one session, its ETag, and the day it is printed in. */
function answer({ method, path, body, headers }: Seen) {
  if (path.includes("clashes")) return { status: 200, body: { clashes } };
  if (path.includes("/day/")) return { status: 200, body: { ...DAY, sessions: [there] } };
  if (method === "PATCH" && headers["if-match"] !== `"${version}"`)
    return { status: 412, body: { code: "changed-meanwhile", detail: "Changed." } };
  if (method === "PATCH") {
    const { starts, ends, room } = JSON.parse(body);
    there = { ...there, starts, ends, room: ROOMS.find(({ id }) => id === room) ?? null };
    version += 1;
  }
  return { status: 200, body: there, headers: { ETag: `"${version}"`, "Cache-Control": "no-store" } };
}

function Page() {
  const copy = useStaff<EventDay>("/api/v1/desk/events/leeds/day/");
  const found = useStaff<Clashes>(clashesPath("leeds"));
  return copy.value ? <Grid event={copy.value} copy={copy} clashes={found} /> : null;
}

beforeEach(async () => {
  await destroy();
  there = { ...knots };
  version = 1;
  clashes = [];
  server = await aServer(answer);
  await hold({ access: "a1", refresh: "r1" });
  main = draw(<Page />);
  await expect.poll(() => main.querySelector("#plan-s1")).not.toBeNull();
});
afterEach(async () => {
  await signOut();
  await server.close();
});

const item = () => main.querySelector("#plan-s1") as HTMLButtonElement;
const said = () => main.querySelector('[role="status"]')?.textContent ?? "";
const sent = () => server.writes().map(({ body }) => JSON.parse(body));

async function pickUp(): Promise<void> {
  item().click();
  await expect.poll(() => item().getAttribute("aria-pressed")).toBe("true");
}

async function key(name: string, words: string): Promise<void> {
  item().dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  await expect.poll(said).toContain(words);
}

test("a session says its title, its time and its room", () => {
  expect(item().textContent).toBe("10:00 to 10:45KnotsBlue room⠿");
});

test("by keys it is picked up, moved, each step said, and put down over what was read", async () => {
  await pickUp();
  expect(said()).toBe("Picked up “Knots”: 10:00 to 10:45, Blue room.");
  await key("ArrowDown", "10:15 to 11:00, Blue room");
  await key("ArrowRight", "10:15 to 11:00, Red room");
  item().click();

  await expect.poll(said).toBe("“Knots” is moved: 10:15 to 11:00, Red room.");
  expect(sent()).toEqual([{ starts: "2026-11-22T10:15:00Z", ends: "2026-11-22T11:00:00Z", room: "red" }]);
  expect(server.writes()[0]?.headers["if-match"]).toBe('"1"');
  await expect.poll(() => item().getAttribute("aria-disabled")).toBeNull();
  expect(item().textContent).toContain("10:15 to 11:00KnotsRed room");
});

test("Escape puts it back, and nothing is sent", async () => {
  await pickUp();
  await key("ArrowUp", "09:45 to 10:30");
  await key("Escape", "“Knots” is back where it was: 10:00 to 10:45, Blue room.");

  expect(item().getAttribute("aria-pressed")).toBe("false");
  expect(server.writes()).toEqual([]);
});

test("buttons do all that the keys do", async () => {
  await pickUp();
  button(main, "Later").click();
  await expect.poll(said).toContain("10:15 to 11:00");
  button(main, "Later").click();
  await expect.poll(said).toContain("10:30 to 11:15");
  button(main, "Earlier").click();
  await expect.poll(said).toContain("10:15 to 11:00");
  button(main, "Put it here").click();

  await expect.poll(said).toContain("“Knots” is moved: 10:15 to 11:00, Blue room.");
  expect(sent().length).toBe(1);
});

test("the last move is undone, over what it made", async () => {
  await pickUp();
  await key("ArrowRight", "Red room");
  item().click();
  await expect.poll(said).toContain("is moved");
  await expect.poll(() => item().getAttribute("aria-disabled")).toBeNull();
  button(main, "Undo this move").click();

  await expect.poll(said).toBe("Undone. “Knots” is where it was before: 10:00 to 10:45, Blue room.");
  expect([there.room?.id, version]).toEqual(["blue", 3]);
});

test("what a colleague changed meanwhile is told, and not overwritten", async () => {
  await pickUp();
  await key("ArrowDown", "10:15");
  there = { ...there, title: "Knots and ropes", starts: "2026-11-22T14:00:00Z", ends: "2026-11-22T14:45:00Z" };
  version = 7;
  item().click();

  await expect
    .poll(said)
    .toBe(
      "A colleague changed “Knots” meanwhile: it is now called “Knots and ropes”; it is now 14:00 to 14:45, Blue room. Nothing was overwritten; it is shown as it stands now.",
    );
  expect(there.starts).toBe("2026-11-22T14:00:00Z");
  await expect.poll(() => item().textContent).toContain("14:00 to 14:45Knots and ropes");
});

test("a session that was moved before it was picked up here is not moved again unseen", async () => {
  there = { ...there, room: ROOMS[1] ?? null };
  version = 2;
  await pickUp();
  await key("ArrowDown", "10:15");
  item().click();

  await expect.poll(said).toContain("it is now 10:00 to 10:45, Red room");
  expect(server.writes()).toEqual([]);
});

test("without an answer it is put back and said not to be saved", async () => {
  await pickUp();
  await key("ArrowDown", "10:15");
  server.answer = () => "hang up";
  item().click();

  await expect.poll(said).toContain("The server did not answer. “Knots” is not saved there");
  expect(item().textContent).toContain("10:00 to 10:45");
});

test("a move whose answer was lost is found to be made", async () => {
  await pickUp();
  await key("ArrowDown", "10:15");
  server.answer = (request) => {
    const made = answer(request);
    return request.method === "PATCH" ? "hang up" : made;
  };
  item().click();

  await expect.poll(said).toBe("“Knots” is moved: 10:15 to 11:00, Blue room.");
});

test("the server's own sentence is said where it refuses", async () => {
  await pickUp();
  await key("ArrowDown", "10:15");
  server.answer = (request) =>
    request.method === "PATCH"
      ? { status: 409, body: { code: "day-is-over", detail: "This day is over." } }
      : answer(request);
  item().click();

  await expect.poll(said).toBe("“Knots” was not moved. This day is over.");
});

test("a clash is warned of as soon as it is put down", async () => {
  await pickUp();
  await key("ArrowRight", "Red room");
  clashes = [CLASH];
  item().click();

  await expect.poll(said).toContain("is moved: 10:00 to 10:45, Red room.Two sessions in Red room at once: Photos");
  expect(item().textContent).toContain("Clash");
});
