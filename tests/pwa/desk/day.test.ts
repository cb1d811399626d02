import { bodyOf } from "@src/desk/day";
import { expect, test } from "vitest";

test("times go out as moments, and no code of the day as the empty one", () => {
  expect(bodyOf({ starts: "2026-07-22T10:00", title: "A day" }, "Europe/London")).toEqual({
    title: "A day",
    starts: "2026-07-22T09:00:00Z",
  });
  expect(bodyOf({ join_code: null }, "Europe/London")).toEqual({ join_code: "" });
});

test("the minutes a person takes go out as a number", () => {
  expect(bodyOf({ minutes: "15" }, "Europe/London")).toEqual({ minutes: 15 });
});

test("kinds of help go out one a line, without empty ones", () => {
  expect(bodyOf({ labels: " passwords \n\nold phones" }, "Europe/London")).toEqual({
    labels: ["passwords", "old phones"],
  });
  expect(bodyOf({ labels: "" }, "Europe/London")).toEqual({ labels: [] });
});
