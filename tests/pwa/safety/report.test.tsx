import { set } from "@src/lib/settings";
import { destroy, put } from "@src/lib/store";
import { readKept } from "@src/safety/kept";
import { Folded, Report } from "@src/safety/report";
import { mark, type Subject } from "@src/safety/reports";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EVENT, SESSION } from "../questions/makers";
import { button, draw } from "../questions/page";
import { aServer, type Server } from "./server";

// The pretended browser knows no secure contexts; real ones are tested in real engines.
vi.hoisted(() => Object.defineProperty(globalThis, "isSecureContext", { value: true }));

let server: Server;
let subject: Subject;

beforeEach(async () => {
  await destroy();
  set({ quiet: false, mineHidden: false });
  server = await aServer(({ method }) =>
    method === "GET" ? { status: 200, body: { type: "none" } } : { status: 201, body: { counted: true } },
  );
  subject = { kind: "comment", id: crypto.randomUUID(), session: SESSION, event: EVENT };
});
afterEach(() => server.close());

const reportable = () =>
  draw(
    <Report subject={subject} by="Person 3">
      <span>Reply</span>
    </Report>,
  );
const opener = (main: Element) => main.querySelector<HTMLButtonElement>(".report");

test("care_10: one press opens the reasons, the next one sends", async () => {
  const main = reportable();
  expect(opener(main)?.getAttribute("aria-label")).toBe("Report what Person 3 said");
  opener(main)?.click();
  await expect.poll(() => main.querySelector("legend")?.textContent).toBe("What is the matter with it?");
  expect(opener(main)?.getAttribute("aria-expanded")).toBe("true");

  button(main, "It is unkind").click();

  await expect.poll(() => server.writes().map(({ body }) => JSON.parse(body).reason)).toEqual(["unkind"]);
  await expect.poll(() => main.textContent).toContain("Thank you. A moderator will look at it.");
  expect(opener(main)?.textContent).toBe("You reported this");
});

test("whoever goes by keyboard is taken to what came of it", async () => {
  const main = reportable();
  opener(main)?.click();
  await expect.poll(() => main.querySelector("fieldset")).not.toBeNull();
  button(main, "Something else").click();

  await expect.poll(() => document.activeElement?.className).toContain("report-form");
});

test("care_10: worry shows help lines, says that a moderator looks, and promises nobody is sent", async () => {
  const main = reportable();
  opener(main)?.click();
  await expect.poll(() => main.querySelector("fieldset")).not.toBeNull();
  button(main, "I am worried about them").click();

  await expect.poll(() => main.querySelector(".help-card")?.textContent).toContain("A moderator will look soon.");
  const said = main.querySelector(".help-card")?.textContent;
  expect(said).toContain("we cannot send anybody");
  expect([...main.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toContain("tel:116123");
});

test("taking it back brings the reasons again", async () => {
  await mark(subject.id, "advert");
  const main = reportable();
  opener(main)?.click();
  await expect.poll(() => main.textContent).toContain("Take it back");

  button(main, "Take it back").click();

  await expect.poll(() => main.textContent).toContain("Taken back.");
  expect(main.querySelector("fieldset")).not.toBeNull();
});

test("one's own is not reported, and neither is what staff said", async () => {
  await put("receipts", subject.id, { id: subject.id, secret: { kind: "comment" }, session: {}, standing: "shown" });
  await readKept();
  await expect.poll(() => opener(reportable())).toBeNull();
  expect(opener(draw(<Report subject={null}>Reply</Report>))).toBeNull();
});

test("after leaving quickly nothing says that this phone reported something", async () => {
  await mark(subject.id, "unkind");
  set({ mineHidden: true });
  const main = reportable();
  expect(opener(main)?.textContent).toBe("Report");
  opener(main)?.click();
  await expect.poll(() => main.querySelector("fieldset")).not.toBeNull();
  expect(main.textContent?.includes("Take it back")).toBe(false);
});

test("care_10: what several people reported stands folded, beside a content warning", () => {
  const main = draw(
    <Folded warning="loss" reported>
      <p>words</p>
    </Folded>,
  );
  const fold = main.querySelector("details");
  expect([fold?.open, fold?.querySelector("summary")?.textContent]).toEqual([
    false,
    "Some people asked us to look at this. Content warning: loss",
  ]);
  const only = draw(
    <Folded reported>
      <p>words</p>
    </Folded>,
  );
  expect(only.querySelector("summary")?.textContent).toBe("Some people asked us to look at this. Show it");
});
