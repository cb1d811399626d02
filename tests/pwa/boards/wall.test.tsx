import { WallPage } from "@src/boards/wall";
import { set } from "@src/lib/settings";
import { destroy } from "@src/lib/store";
import type { SessionLive } from "@src/lib/wire";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aLive, aQuestion } from "../makers";
import { draw } from "../questions/page";
import { aServer, type Server } from "../safety/server";

let server: Server;
let main: HTMLElement;
/** Every test has a session of its own: what was read of it stays with the page. */
let code = 0;
const live = (some: Partial<SessionLive>) =>
  aLive(10, { questions: [aQuestion("q1", 9), aQuestion("q2", 8, { votes: 3 })], ...some });

const show = (snapshot: SessionLive) => {
  code += 1;
  server.answer = ({ path }) =>
    path.endsWith("/live/") ? { status: 200, body: snapshot } : { status: 503, body: { code: "busy" } };
  main = draw(<WallPage code={`WALL${code}`} />);
};
const text = (selector: string) => main.querySelector(selector)?.textContent ?? "";

beforeEach(async () => {
  await destroy();
  server = await aServer(() => ({ status: 503 }));
});
afterEach(async () => {
  render(null, main);
  set({ quiet: false });
  await server.close();
});

test("the wall shows the question of the moment, the next one, and how to ask", async () => {
  show(live({ current: "q1" }));

  await expect.poll(() => text(".wall-words")).toBe("Question q1");
  expect(text(".wall-next p")).toBe("Question q2");
  expect(text(".wall-address")).toMatch(/\/s\/QRTX2$/);
  expect(document.documentElement.dataset.screen).toBe("");
});

test("a content warning is shown instead of the words it is for", async () => {
  show(live({ current: "q1", questions: [aQuestion("q1", 9, { text: "About loss", warning: "loss", folded: true })] }));

  await expect.poll(() => text(".wall-words")).toBe("Content warning: loss");
  expect(main.textContent).not.toContain("About loss");
});

test("in quiet mode a wall shows what it reads all the same", async () => {
  set({ quiet: true });
  show(live({ current: null }));

  await expect.poll(() => text(".wall-nothing")).toBe("Ask your question: point your camera at the square");
});

test("the bars of the app come back with the next page", async () => {
  show(live({}));
  await expect.poll(() => document.documentElement.dataset.screen).toBe("");
  render(null, main);

  await expect.poll(() => document.documentElement.dataset.screen).toBeUndefined();
});
