import { Paper } from "@src/desk/organising/paper";
import { expect, test } from "vitest";
import { aDay } from "../../makers";
import { draw } from "../../questions/page";

test("posters and cards are plain links that open in a new tab, which knows nothing of this one", () => {
  const day = aDay({ state: "published" });
  const links = [...draw(<Paper event={day} />).querySelectorAll("a")];

  expect(links.slice(0, 3).map((link) => link.getAttribute("href"))).toEqual(
    ["poster.pdf", "poster.svg", "cards.pdf"].map((file) => `/api/v1/events/${day.slug}/${file}`),
  );
  expect(links).toHaveLength(3 + 2 * day.sessions.length);
  for (const link of links) expect([link.target, link.getAttribute("rel")]).toEqual(["_blank", "noopener"]);
});

test("a draft has nothing to print, and says what to do", () => {
  const main = draw(<Paper event={aDay({ state: "draft" })} />);

  expect(main.querySelectorAll("a")).toHaveLength(0);
  expect(main.textContent).toContain("publish it first");
});
