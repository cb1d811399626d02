import { set } from "@src/lib/settings";
import { destroy, put } from "@src/lib/store";
import type { Question } from "@src/lib/wire";
import { QuestionList } from "@src/questions/list";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aServer, type Server } from "../safety/server";
import { anAnswer, aQuestion, aSession, EVENT, SESSION } from "./makers";
import { button, draw } from "./page";

// The pretended browser knows no secure contexts; real ones are tested in real engines.
vi.hoisted(() => Object.defineProperty(globalThis, "isSecureContext", { value: true }));

let server: Server;

beforeEach(async () => {
  await destroy();
  set({ quiet: false, mineHidden: false });
  server = await aServer(({ path }) => {
    if (path.includes("/notes/")) return { status: 200, body: { version: 1, notes: [] } };
    if (path.includes("/proofs/")) return { status: 200, body: { type: "none" } };
    return { status: 201, body: { id: "a", counted: true } };
  });
});
afterEach(() => server.close());

const list = (questions: Question[], more: string | null = null) =>
  draw(<QuestionList session={aSession()} questions={questions} more={more} />);
const texts = (main: Element) => [...main.querySelectorAll(".question .prose")].map((one) => one.textContent);

test("the most wanted stand first, with answers by name and whether they were given aloud", () => {
  const answers = [anAnswer({ spoken: true, by: { id: null, name: "Delphine O." } })];
  const main = list([aQuestion("a", { votes: 1 }), aQuestion("b", { votes: 4, answers })]);
  expect(texts(main)[0]).toBe("Question b");
  expect(main.textContent).toContain("Answer from Delphine O.");
  expect(main.textContent).toContain("Answered aloud in the room");
  expect(main.textContent).toContain("4 people ask this");
});

test("care_08: a content warning stands in front of the words, and its fold is closed", () => {
  const main = list([aQuestion("a", { warning: "loss", folded: true })]);
  const folded = main.querySelector("details");
  expect([folded?.open, folded?.querySelector("summary")?.textContent]).toEqual([false, "Content warning: loss"]);
});

test("care_10: what several people reported is folded", () => {
  const main = list([aQuestion("a", { reported: true, folded: true })]);
  const folded = main.querySelector("details");
  expect([folded?.open, folded?.querySelector("summary")?.textContent]).toEqual([
    false,
    "Some people asked us to look at this. Show it",
  ]);
});

test("care_13: words stay words, and links tell nobody where they come from", () => {
  const main = list([aQuestion("a", { text: "<img src=x> see https://example.org/a. javascript:alert(1)" })]);
  const links = [...main.querySelectorAll(".question a")];
  expect(main.querySelector(".question img")).toBeNull();
  expect(links.map((link) => [link.getAttribute("href"), link.getAttribute("rel")])).toEqual([
    ["https://example.org/a", "noopener noreferrer nofollow ugc"],
  ]);
});

test("me too counts at once, is sent under a tag, and can be taken back", async () => {
  const main = list([aQuestion("39352539-055d-8969-9674-d3c0955daf3f", { votes: 1 })]);
  await put("keys", `tags:${EVENT}`, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
  const press = button(main, "Me too");
  press.click();
  await expect.poll(() => main.textContent).toContain("2 people ask this");
  await expect.poll(() => press.getAttribute("aria-pressed")).toBe("true");
  await expect
    .poll(() => server.writes().map(({ method, path }) => [method, path]))
    .toEqual([
      [
        "PUT",
        `/api/v1/sessions/${SESSION}/questions/39352539-055d-8969-9674-d3c0955daf3f/votes/3iLJAi4D3OYhIrUs1rAG_g/`,
      ],
    ]);
  press.click();
  await expect.poll(() => server.writes().at(-1)?.method).toBe("DELETE");
  expect(press.getAttribute("aria-pressed")).toBe("false");
});

test("quiet mode shows no number", () => {
  set({ quiet: true });
  expect(list([aQuestion("a", { votes: 40 })]).textContent?.includes("40")).toBe(false);
});

test("one's own waiting question is seen here by this phone only, and not after leaving quickly", async () => {
  const receipt = {
    ...{ id: "q", box: "b", text: "Mine alone", warning: "", audience: "everyone", recap: true },
    ...{ standing: "held", reason: "", note: "", reply: "", refusal: "" },
    secret: { seed: "AAECAwQFBgcICQ", event: EVENT, kind: "question" },
    session: { id: SESSION, code: "x7k2", title: "Blogs" },
  };
  await put("receipts", "q", receipt);
  const main = list([]);
  await expect.poll(() => main.querySelector(".yours")?.textContent).toContain("Mine alone");
  set({ mineHidden: true });
  await expect.poll(() => main.querySelector(".yours")).toBeNull();
});

test("older questions are fetched by the order that is asked for", async () => {
  server.answer = ({ path }) =>
    path.includes("/questions/")
      ? { status: 200, body: { next: null, previous: null, results: [aQuestion("old", { votes: 90 })] } }
      : { status: 200, body: { version: 1, notes: [] } };
  const main = list([aQuestion("new", { votes: 1 })], "http://elsewhere/api/v1/x/?cursor=1");
  await expect.poll(() => texts(main)).toEqual(["Question old", "Question new"]);
  expect(server.seen.some(({ path }) => path.endsWith("/questions/?sort=votes&page_size=50"))).toBe(true);
});
