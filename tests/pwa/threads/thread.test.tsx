import { set } from "@src/lib/settings";
import { all, destroy } from "@src/lib/store";
import type { Comment } from "@src/lib/wire";
import { Thread } from "@src/threads/thread";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aComment } from "../makers";
import { aSession, SESSION } from "../questions/makers";
import { button, draw, type } from "../questions/page";
import { aServer, type Server } from "../safety/server";

// The pretended browser knows no secure contexts; real ones are tested in real engines.
vi.hoisted(() => Object.defineProperty(globalThis, "isSecureContext", { value: true }));

let server: Server;

beforeEach(async () => {
  await destroy();
  set({ quiet: false, mineHidden: false });
  server = await aServer(({ path }) => {
    if (path.includes("/notes/")) return { status: 200, body: { version: 1, notes: [] } };
    if (path.includes("/proofs/")) return { status: 200, body: { type: "none" } };
    return { status: 201, body: { id: "a", state: "held" } };
  });
});
afterEach(() => server.close());

const thread = (comments: Comment[], more: string | null = null) =>
  draw(<Thread session={aSession()} comments={comments} more={more} />);
const said = (id: string, shown: number, some: Partial<Comment> = {}) =>
  aComment(id, shown, { session: SESSION, ...some });

test("people have numbers and surgeons their name and profile", () => {
  const surgeon = { kind: "surgeon", name: "Delphine O.", surgeon: "d1" } as const;
  const main = thread([said("a", 1), said("b", 2, { by: surgeon, parent: "a" })]);
  expect([...main.querySelectorAll(".said-name")].map((one) => [one.textContent, one.getAttribute("href")])).toEqual([
    ["Person 1", null],
    ["Delphine O.", "/e/leeds/surgeons/d1"],
  ]);
});

test("care_10: what several people reported is folded", () => {
  const main = thread([said("a", 1, { reported: true, folded: true })]);
  const fold = main.querySelector(".said details");
  expect([fold?.hasAttribute("open"), fold?.querySelector(".prose")?.textContent]).toEqual([false, "Comment a"]);
});

test("what staff say under their name is not reported here", () => {
  const main = thread([said("a", 1, { by: { kind: "staff", name: "Sam", surgeon: null } }), said("b", 2)]);
  expect([...main.querySelectorAll(".report")].map((one) => one.getAttribute("aria-label"))).toEqual([
    "Report what Person 1 said",
  ]);
});

test("a paused talk says that words wait on the phone, and is still open", () => {
  const main = draw(<Thread session={aSession({ paused: true })} comments={[]} more={null} />);
  expect(main.textContent).toContain("The moderators have paused new messages.");
  expect(button(main, "Say something").disabled).toBe(false);
});

test("care_13: words stay words", () => {
  const main = thread([said("a", 1, { text: "<img src=x onerror=alert(1)> <b>bold</b>" })]);
  expect([main.querySelector(".said img"), main.querySelector(".said .prose")?.textContent]).toEqual([
    null,
    "<img src=x onerror=alert(1)> <b>bold</b>",
  ]);
});

test("each comment has an address, and what was withdrawn leaves its replies", () => {
  const main = thread([said("b", 2, { parent: "a" })]);
  expect(main.querySelector("#c-a .missing")?.textContent).toBe("This was withdrawn. The replies stay.");
  expect(main.querySelector("#c-b .said-when")?.getAttribute("href")).toBe("/s/x7k2#c-b");
});

test("the third level goes on beside itself", () => {
  const main = thread([said("a", 1), said("b", 2, { parent: "a" }), said("c", 3, { parent: "b" })]);
  const buttons = [...main.querySelectorAll(".item-acts button:not(.report)")].map((one) => one.textContent);
  expect(buttons).toEqual(["Reply", "Reply", "Continue here"]);
});

test("quiet mode shows no numbers", () => {
  set({ quiet: true });
  const main = thread([said("a", 1, { reactions: { thanks: 4, same: 1, strength: 0 } })]);
  expect([...main.querySelectorAll(".reaction")].map((one) => one.textContent)).toEqual([
    "Thanks",
    "Same here",
    "Strength",
  ]);
});

test("a closed talk can be read and not joined", () => {
  const main = draw(<Thread session={aSession({ review: "closed" })} comments={[said("a", 1)]} more={null} />);
  expect([...main.querySelectorAll(".item-acts button:not(.report)")]).toEqual([]);
  expect(main.textContent).toContain("The talk is closed just now");
});

test("help lines come beside Send when words call for them, and Send stays", async () => {
  const main = thread([]);
  button(main, "Say something").click();
  await expect.poll(() => main.querySelector("textarea")).not.toBeNull();
  type(main.querySelector("textarea"), "I want to end my life");
  await expect.poll(() => main.querySelector(".help-card")).not.toBeNull();
  expect(main.querySelector(".reply-box")?.textContent).toContain("we cannot find you");
  expect(button(main, "Send without a name").disabled).toBe(false);
});

test("what is being written outlives the page, and is sent once as one's own", async () => {
  const first = thread([]);
  button(first, "Say something").click();
  await expect.poll(() => first.querySelector("textarea")).not.toBeNull();
  type(first.querySelector("textarea"), "Thank you, that helped.");
  await expect.poll(async () => (await all("drafts")).length).toBe(1);
  const main = thread([]);
  await expect.poll(() => main.querySelector("textarea")?.value).toBe("Thank you, that helped.");
  button(main, "Send without a name").click();
  await expect.poll(() => main.querySelector(".yours")?.textContent).toContain("Waiting for review");
  expect([server.writes().length, await all("drafts")]).toEqual([1, []]);
});
