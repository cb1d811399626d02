import { momentOf, wallOf } from "@src/desk/moment";
import { expect, test } from "vitest";

test("the clock of the venue becomes a moment, and back", () => {
  expect(momentOf("2026-11-22T14:30", "Europe/London")).toBe("2026-11-22T14:30:00Z");
  expect(momentOf("2026-07-22T14:30", "Europe/London")).toBe("2026-07-22T13:30:00Z");
  expect(momentOf("2026-11-22T14:30", "Asia/Kathmandu")).toBe("2026-11-22T08:45:00Z");
  expect(wallOf("2026-11-22T08:45:00Z", "Asia/Kathmandu")).toBe("2026-11-22T14:30");
  expect(wallOf("2026-11-22T00:05:00Z", "Europe/London")).toBe("2026-11-22T00:05");
});

test("an hour that comes twice is its first, one that is left out is an hour later", () => {
  expect(momentOf("2026-10-25T01:30", "Europe/London")).toBe("2026-10-25T00:30:00Z");
  expect(wallOf(momentOf("2026-03-29T01:30", "Europe/London"), "Europe/London")).toBe("2026-03-29T02:30");
});

test("what is no moment is none", () => {
  expect(["", "2026-11-22", "yesterday", "2026-13-40T10:00"].map((wall) => momentOf(wall, "Europe/London"))).toEqual([
    "",
    "",
    "",
    "",
  ]);
});
