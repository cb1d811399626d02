import { bodyOf } from "@src/desk/session-form";
import { expect, test } from "vitest";

test("a session without a room or a limit says so", () => {
  expect(bodyOf({ room: "", capacity: " " }, "Europe/London")).toEqual({ room: null, capacity: null });
  expect(bodyOf({ track: "Privacy", links: "Slides https://example.org" }, "Europe/London")).toEqual({
    track: "Privacy",
    links: [{ label: "Slides", url: "https://example.org" }],
  });
  expect(bodyOf({ capacity: "12", review: "" }, "Europe/London")).toEqual({ capacity: 12 });
});
