import { all, destroy } from "@src/lib/store";
import { Composer } from "@src/questions/composer";
import type { Asked } from "@src/questions/outbox";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aServer, type Server } from "../safety/server";
import { aQuestion, aSession } from "./makers";
import { button, draw, type } from "./page";

let server: Server;
let asked: Asked[];

beforeEach(async () => {
  await destroy();
  asked = [];
  server = await aServer(() => ({ status: 200, body: { type: "none" } }));
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
});
afterEach(() => server.close());

async function composer() {
  const questions = [aQuestion("photos", { text: "How do I stop photos from showing where I am?", votes: 3 })];
  const main = draw(
    <Composer session={aSession()} joinCode={false} questions={questions} onAsked={(one) => asked.push(one)} />,
  );
  await expect.poll(() => main.querySelector("textarea")).toBeTruthy();
  return main;
}
const send = (main: Element) => button(main, "Send without a name");

test.each([
  ["I want to die", "you can talk to someone"],
  ["I can't cope with this, I hate myself", "you can talk to someone"],
  ["Ring me on 07700 900123", "looks like a phone number"],
])("Send stays enabled whatever is noticed, and no request tells of it: %s", async (text, notice) => {
  const main = await composer();
  type(main.querySelector("textarea"), text);
  await expect.poll(() => main.textContent).toContain(notice);
  expect([send(main).disabled, send(main).getAttribute("aria-disabled")]).toEqual([false, null]);
  expect(server.seen).toEqual([]);
});

test("nobody can find you: it is said before the first question", async () => {
  expect((await composer()).textContent).toContain("we cannot find you. In danger now? Call 999.");
});

test("the box is never completed by the browser, and never named the same twice", async () => {
  const one = (await composer()).querySelector("textarea");
  const first = [one?.getAttribute("autocomplete"), one?.name];
  const two = (await composer()).querySelector("textarea");
  expect([first[0], two?.name === first[1]]).toEqual(["off", false]);
});

test("a text without anything to notice is sent in one press, with its receipt", async () => {
  const main = await composer();
  type(main.querySelector("textarea"), "How do I start a blog?");
  await expect.poll(async () => (await all("drafts")).length).toBe(1);
  send(main).click();
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]?.receipt).toMatchObject({
    text: "How do I start a blog?",
    standing: "waiting",
    audience: "everyone",
  });
  expect((await all("outbox")).length).toBe(1);
});

test("what may name somebody is asked about once; keeping it sends it", async () => {
  const main = await composer();
  type(main.querySelector("textarea"), "My name is Jo, can you help?");
  await expect.poll(() => main.textContent).toContain("“Jo” may be somebody's name.");
  send(main).click();
  await new Promise((done) => setTimeout(done, 20));
  expect(asked).toEqual([]);
  button(main, "Keep it and send").click();
  await expect.poll(() => asked.length).toBe(1);
});

test("an empty question is not sent, and the box says why", async () => {
  const main = await composer();
  send(main).click();
  await expect.poll(() => main.querySelector("[role=alert]")?.textContent).toBe("Please write your question first.");
  expect(main.querySelector("textarea")?.getAttribute("aria-invalid")).toBe("true");
});

test("what is typed is there again after a reload", async () => {
  type((await composer()).querySelector("textarea"), "Half a quest");
  await expect.poll(async () => (await all("drafts")).length).toBe(1);
  const main = await composer();
  expect(main.querySelector("textarea")?.value).toBe("Half a quest");
});

test("a question like it is offered from what the phone has, without a request", async () => {
  const main = await composer();
  type(main.querySelector("textarea"), "how can I stop my photos showing where");
  await expect.poll(() => main.textContent, { timeout: 3000 }).toContain("Already asked here");
  expect(main.textContent).toContain("3 people ask this");
  expect(server.seen).toEqual([]);
});
