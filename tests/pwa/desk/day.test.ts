import { bodyOf } from "@src/desk/day";
import { expect, test } from "vitest";

test("times go out as moments, and no code of the day as the empty one", () => {
  expect(bodyOf({ starts: "2026-07-22T10:00", title: "A day" }, "Europe/London")).toEqual({
    title: "A day",
    starts: "2026-07-22T09:00:00Z",
  });
  expect(bodyOf({ join_code: null }, "Europe/London")).toEqual({ join_code: "" });
});
