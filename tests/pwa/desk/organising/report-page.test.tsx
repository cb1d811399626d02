import { lookWho, signOut } from "@src/desk/account";
import { ReportPage } from "@src/desk/organising/report-page";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw } from "../../questions/page";
import { aServer, type Server } from "../../safety/server";

const NUMBERS = { served: 12, here: 1, left: 2, heads: 40, shown: 9, answered: 7, comments: 3 };
const EVENT = { id: "e1", slug: "leeds", code: "LEEDS", title: "Leeds", timezone: "UTC", state: "draft" };
const REPORT = {
  event: EVENT,
  rehearsal: true,
  purged: false,
  total: NUMBERS,
  sessions: [{ session: { id: "s1", title: "Photos", starts: "2026-11-22T10:00:00Z" }, numbers: NUMBERS }],
  themes: [{ theme: "Privacy", sessions: 2, numbers: NUMBERS }],
  labels: [{ label: "benefits", surgeons: 1 }],
  answered: [
    {
      id: "q1",
      session: "s1",
      text: "Who sees this?",
      warning: "",
      votes: 2,
      answers: [{ by: "Ada", text: "Only you.", spoken: false }],
    },
  ],
};

let server: Server;
let main: HTMLElement;

beforeEach(async () => {
  await destroy();
  server = await aServer(({ path }) => {
    const roles = [{ event: EVENT, role: "organiser", session: null, until: null }];
    if (path.endsWith("/me/"))
      return { status: 200, body: { id: "a", email: "a@example.org", name: "Ann", roles, surgeon: null } };
    return { status: 200, body: REPORT };
  });
  await hold({ access: "a1", refresh: "r1" });
  await lookWho();
  main = draw(<ReportPage event="leeds" />);
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

test("the report tells figures, sessions, themes, labels and answers, and that it is a rehearsal's", async () => {
  await expect.poll(() => main.textContent).toContain("Helped or took part12");
  for (const words of [
    "Photos",
    "12 helped or took part, 9 questions shown, 7 answered",
    "2 sessions",
    "benefits: 1 surgeon",
    "Ada: Only you.",
    "A rehearsal runs",
  ])
    expect(main.textContent).toContain(words);
});

test("a table to keep is fetched as whoever is signed in", async () => {
  await expect.poll(() => main.textContent).toContain("Download as a table (CSV)");
  button(main, "Download as a table (CSV)").click();

  await expect.poll(() => main.textContent).toContain("leeds-report.csv is in your downloads.");
  const sent = server.seen.find(({ path }) => path.endsWith("report.csv"));
  expect([sent?.headers.authorization, sent?.headers.accept]).toEqual(["Bearer a1", "text/csv"]);
});

test("a file that does not come is said so", async () => {
  await expect.poll(() => main.textContent).toContain("Download as text (Markdown)");
  server.answer = () => "hang up";
  button(main, "Download as text (Markdown)").click();

  await expect.poll(() => main.textContent).toContain("That did not reach the server.");
});
