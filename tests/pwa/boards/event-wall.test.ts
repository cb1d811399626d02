import { roomWalls } from "@src/boards/event-wall";
import { expect, test } from "vitest";
import { aSession } from "../makers";

const hall = { id: "r1", name: "Main hall" };
const den = { id: "r2", name: "Den" };
const rooms = [hall, den].map((room) => ({ ...room, about: "" }));
const at = (id: string, from: string, to: string, room: { id: string; name: string } | null) =>
  aSession({ id, room, starts: `2026-11-22T${from}:00Z`, ends: `2026-11-22T${to}:00Z` });
const sessions = [
  at("first", "10:00", "11:00", hall),
  at("second", "11:30", "12:00", hall),
  at("den", "10:00", "12:00", den),
  at("walk", "10:30", "11:00", null),
];
const walls = (time: string) =>
  roomWalls({ rooms, sessions }, Date.parse(`2026-11-22T${time}:00Z`)).map(({ session }) => session.id);

test("a room's wall shows what is on there, else what comes next, else what was last", () => {
  expect(walls("10:45")).toEqual(["first", "den", "walk"]);
  expect(walls("11:15")).toEqual(["second", "den"]);
  expect(walls("16:00")).toEqual(["second", "den"]);
});

test("a room where nothing is planned has no wall", () => {
  expect(roomWalls({ rooms, sessions: [] }, 0)).toEqual([]);
});
