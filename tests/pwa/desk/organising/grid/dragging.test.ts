import { roomAt } from "@src/desk/organising/grid/dragging";
import { expect, test } from "vitest";

const HEADS = [
  { room: "blue", left: 50, right: 150 },
  { room: "red", left: 150, right: 250 },
  { room: "", left: 250, right: 350 },
];

test.each([
  [60, "blue"],
  [200, "red"],
  [10, "blue"],
  [900, ""],
])("at %i a pointer is over %j", (x, room) => {
  expect(roomAt(HEADS, x)).toBe(room);
});

test("with no column in sight there is no room", () => {
  expect(roomAt([], 60)).toBeUndefined();
});
