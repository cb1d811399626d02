import { signOut } from "@src/desk/account";
import { OpenSpace, slots } from "@src/desk/organising/open-space";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import type { EventDay, SessionCard } from "@src/lib/wire";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../../questions/page";
import { aServer, type Server } from "../../safety/server";

const at = (clock: string) => `2026-11-22T${clock}:00Z`;
const inBlue = (starts: string, ends: string, state = "planned") =>
  ({ starts: at(starts), ends: at(ends), state, room: { id: "blue", name: "Blue" } }) as SessionCard;
const DAY = { ends: at("17:00"), sessions: [inBlue("10:30", "11:15"), inBlue("11:30", "12:00", "cancelled")] };

test("now begins with the last five minutes of the clock, and lasts half an hour", () => {
  expect(slots(DAY, "", Date.parse(at("10:13"))).now).toEqual({ starts: at("10:10"), ends: at("10:40") });
});

test.each([
  ["no place", "", "10:13", "10:30"],
  ["a place in use", "blue", "10:13", "11:30"],
  ["a full hour that has just begun", "", "10:00", "10:30"],
])("the next free half hour of %s is found", (_, room, now, starts) => {
  expect(slots(DAY, room, Date.parse(at(now))).next?.starts).toBe(at(starts));
});

test("the evening has no half hour left", () => {
  expect(slots(DAY, "blue", Date.parse(at("16:45"))).next).toBeNull();
});

let server: Server;

beforeEach(async () => {
  await destroy();
  server = await aServer(() => ({ status: 201, body: { id: "s9", title: "Knots" } }));
  await hold({ access: "a1", refresh: "r1" });
});
afterEach(async () => {
  await signOut();
  await server.close();
});

function page() {
  const said: string[] = [];
  const event = {
    ...DAY,
    id: "e1",
    slug: "leeds",
    timezone: "Europe/London",
    clock_offset: 0,
    ends: "2099-01-01T00:00:00Z",
    rooms: [{ id: "blue", name: "Blue", about: "" }],
  } as unknown as EventDay;
  const main = draw(<OpenSpace event={event} onDone={(words) => said.push(words)} />);
  return { main, said };
}

test("a title and two taps put a session on the programme", async () => {
  const { main, said } = page();
  await expect.poll(() => main.querySelector("button")).not.toBeNull();
  button(main, "Add an open-space session").click();
  await expect.poll(() => main.querySelector("input")).not.toBeNull();
  type(main.querySelector("input"), " Knots ");
  await expect.poll(() => main.querySelector("input")?.value).toBe(" Knots ");
  button(main, "Add it").click();

  await expect.poll(() => said[0]).toMatch(/^“Knots” is on the programme, \d\d:\d\d to \d\d:\d\d\.$/);
  const [sent] = server.writes();
  expect(sent?.path).toBe("/api/v1/events/leeds/sessions/");
  expect(JSON.parse(sent?.body ?? "")).toMatchObject({ title: "Knots", kind: "open-space", room: null });
});

test("without a signal what was typed stays", async () => {
  server.answer = () => "hang up";
  const { main } = page();
  await expect.poll(() => main.querySelector("button")).not.toBeNull();
  button(main, "Add an open-space session").click();
  await expect.poll(() => main.querySelector("input")).not.toBeNull();
  type(main.querySelector("input"), "Knots");
  await expect.poll(() => main.querySelector("input")?.value).toBe("Knots");
  button(main, "Add it").click();

  await expect.poll(() => main.textContent).toContain("That did not reach the server.");
  expect(main.querySelector("input")?.value).toBe("Knots");
});

test("a session without a title is not sent", async () => {
  const { main } = page();
  await expect.poll(() => main.querySelector("button")).not.toBeNull();
  button(main, "Add an open-space session").click();
  await expect.poll(() => main.querySelector("input")).not.toBeNull();
  button(main, "Add it").click();

  await expect.poll(() => main.textContent).toContain("Please give it a title.");
  expect(server.writes()).toEqual([]);
});
