import { all, destroy } from "@src/lib/store";
import type { Session } from "@src/lib/wire";
import { Composer } from "@src/questions/composer";
import type { Asked } from "@src/questions/outbox";
import { dropCode, keepCode } from "@src/safety/code";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aServer, type Server } from "../safety/server";
import { aQuestion, aSession, EVENT } from "./makers";
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

async function composer(more: Partial<Session> = {}, joinCode = false) {
  const questions = [aQuestion("photos", { text: "How do I stop photos from showing where I am?", votes: 3 })];
  const main = draw(
    <Composer session={aSession(more)} joinCode={joinCode} questions={questions} onAsked={(one) => asked.push(one)} />,
  );
  await expect.poll(() => main.querySelector("textarea")).toBeTruthy();
  return main;
}
const send = (main: Element) => button(main, "Send without a name");

test.each([
  ["tier 1", "I want to die", "you can talk to someone"],
  ["tier 2", "I can't cope with this, I hate myself", "you can talk to someone"],
  ["a phone number", "Ring me on 07700 900123", "looks like a phone number"],
  ["an e-mail address", "Write to jo@example.org", "looks like an e-mail address"],
  ["an NHS number", "It is 943 476 5919", "looks like an NHS number"],
  ["a postcode", "I live near LS1 3AA", "looks like a postcode"],
  ["a handle", "I am @jo_in_leeds", "looks like a name on social media"],
  ["a name", "My name is Jo", "may be somebody's name"],
])("care_02: Send is never disabled, and no request says what was found: %s", async (_, text, notice) => {
  const main = await composer();
  type(main.querySelector("textarea"), text);
  await expect.poll(() => main.textContent).toContain(notice);
  expect([send(main).disabled, send(main).getAttribute("aria-disabled")]).toEqual([false, null]);
  expect(server.seen).toEqual([]);
});

test("care_02: a topic of the day brings no notice, and Send is as enabled", async () => {
  const main = await composer();
  type(main.querySelector("textarea"), "Which charity does research on suicide prevention?");
  await new Promise((done) => setTimeout(done, 500));
  expect([main.querySelector(".help-card"), send(main).disabled]).toEqual([null, false]);
});

test("care_02: words that call for help lines are sent by one press, and say nothing of what was found", async () => {
  const main = await composer();
  type(main.querySelector("textarea"), "I want to die");
  await expect.poll(() => main.querySelector(".help-card")).not.toBeNull();
  send(main).click();
  await expect.poll(() => asked.length).toBe(1);
  const [item] = (await all<{ body: object }>("outbox")).map(([, kept]) => kept);
  expect(Object.keys(item?.body ?? {}).sort()).toEqual(["audience", "auth", "recap", "reply_key", "text"]);
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

test.each([
  [{ paused: true }, "The moderators have paused questions."],
  [{ slow: 120 }, "Questions go slowly here just now."],
])("a pause and slow mode are told in a line, and Send stays: %o", async (more, line) => {
  const main = await composer(more);
  expect(main.textContent).toContain(line);
  expect(send(main).disabled).toBe(false);
  expect((await composer()).textContent?.includes(line)).toBe(false);
});

test.each([
  ["before", "Somebody who looks after the day reads it first."],
  ["after", "It is shown without any name. Somebody who looks after the day reads it too."],
] as const)("who reads it first is said as the session has it: %s", async (review, line) => {
  expect((await composer({ review })).textContent).toContain(line);
});

test("the code of the day may be left out, and is typed once", async () => {
  const code = (main: Element) => main.querySelector<HTMLInputElement>("form > .field input");
  const main = await composer({}, true);
  expect(main.textContent).toContain("You hear it in the room. You can leave it out.");
  type(main.querySelector("textarea"), "How do I start?");
  type(code(main), "tulip");
  await expect.poll(async () => JSON.stringify(await all("drafts"))).toContain("tulip");
  send(main).click();
  await expect.poll(() => asked.length).toBe(1);
  expect((await all<{ body: object; coded: string }>("outbox"))[0]?.[1]).toMatchObject({
    body: { code: "tulip" },
    coded: EVENT,
  });
  await keepCode(EVENT, "tulip");
  expect(code(await composer({ id: "another" }, true))?.value).toBe("tulip");
});

test("a kept code is not sent where the day asks for none, though the draft holds it", async () => {
  await keepCode(EVENT, "tulip");
  const main = await composer();
  type(main.querySelector("textarea"), "How do I start?");
  await expect.poll(async () => (await all("drafts")).length).toBe(1);
  send(main).click();
  await expect.poll(() => asked.length).toBe(1);
  const [item] = (await all<{ body: object }>("outbox")).map(([, kept]) => kept);
  expect(Object.keys(item?.body ?? {}).includes("code")).toBe(false);
});

test("a code that was refused is not offered again, and its field says so until another is typed", async () => {
  await dropCode(EVENT);
  const main = await composer({}, true);
  const field = main.querySelector<HTMLInputElement>("form > .field input");
  const said = () => main.querySelector("[role=alert]")?.textContent ?? "";
  expect([field?.value, said()]).toEqual([
    "",
    "The last code was not today’s, so your words went without it. You can type the new one.",
  ]);
  type(field, "rose");
  await expect.poll(said).toBe("");
});

test.each([
  ["My name is Jo", "may be somebody's name"],
  ["I want to die", "you can talk to someone"],
])("the words of a content warning are looked at as well: %s", async (warning, notice) => {
  const main = await composer();
  type(main.querySelector("textarea"), "How do I start a blog?");
  type(main.querySelector("details input:not([type=radio], [type=checkbox])"), warning);
  await expect.poll(() => main.textContent).toContain(notice);
});
