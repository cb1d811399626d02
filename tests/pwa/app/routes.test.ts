import { find } from "@src/app/routes";
import { expect, test } from "vitest";

test.each([
  ["/", "/", {}],
  ["/e/leeds", "/e/:event", { event: "leeds" }],
  ["/e/leeds/programme", "/e/:event/programme", { event: "leeds" }],
  ["/e/leeds/surgeons/p1", "/e/:event/surgeons/:id", { event: "leeds", id: "p1" }],
  ["/s/QRTX2", "/s/:code", { code: "QRTX2" }],
  ["/s/QRTX2/ask", "/s/:code/ask", { code: "QRTX2" }],
  ["/desk/leeds/reviews", "/desk/:event/:tool", { event: "leeds", tool: "reviews" }],
  ["/nowhere/at/all", "", {}],
])("%s is the page %s", (path, pattern, values) => {
  expect(find(path, false)).toMatchObject({ pattern, values });
});

test("a page's first request starts with its code", () => {
  expect(find("/e/leeds", false).needs).toEqual(["/api/v1/events/leeds/"]);
});

test("after leaving quickly My questions are out of sight", async () => {
  const hidden = await find("/mine", true).load();
  const shown = await find("/mine", false).load();

  expect(hidden).not.toBe(shown);
});

test("every page loads", async () => {
  const paths = ["/", "/e/x", "/e/x/programme", "/e/x/surgeons", "/e/x/surgeons/y", "/s/x", "/s/x/ask", "/mine", "/r"];
  const more = [
    "/help",
    "/privacy",
    "/settings",
    "/sign-in",
    "/invite",
    "/desk",
    "/desk/x/reviews",
    "/desk/x/answers",
    "/desk/x/people",
    "/desk/x/acts",
    "/desk/x/kindness",
  ];

  for (const path of [...paths, ...more]) expect(typeof (await find(path, false).load())).toBe("function");
});

test("a tool the desk does not have is a lost page", async () => {
  expect(await find("/desk/x/nowhere", false).load()).toBe(await find("/nowhere", false).load());
});
