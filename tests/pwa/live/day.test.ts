// @vitest-environment node
import { destroy } from "@src/lib/store";
import { followDay } from "@src/live/day";
import { counts, present } from "@src/programme/counts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Served, served } from "../served";

let server: Served;
let stop = () => {};

beforeEach(async () => {
  server = await served();
  const page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal("document", page);
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, how: RequestInit) => real(new URL(path, server.url), how));
});
afterEach(async () => {
  stop();
  vi.unstubAllGlobals();
  await server.close();
  await destroy();
});

const LIVE = {
  version: 7,
  day: 3,
  event: { id: "e", slug: "leeds", state: "published" },
  sessions: [{ id: "s", questions: 2, answered: 1, comments: 0 }],
  lines: [],
  here: [{ surgeon: "a", state: "here", place: "table 3" }],
};
const NEWS = [
  { kind: "presence", subject: "b", item: { surgeon: "b", state: "busy", place: "" } },
  { kind: "presence", subject: "a", item: null },
];

test("who is where is heard with the day, and who goes is forgotten", async () => {
  server.answer = (path) => (path.includes("/live/") ? { body: LIVE } : { status: 404, body: { code: "not-found" } });
  let say = () => {};
  let open = false;
  server.take = (request, response) => {
    if (!request.url?.includes("/stream")) return false;
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`event: hello\nid: 7\ndata: {"version":7}\n\n`);
    open = true;
    say = () => void response.write(`event: change\nid: 8\ndata: ${JSON.stringify({ version: 8, changes: NEWS })}\n\n`);
    return true;
  };

  stop = followDay("leeds");
  await expect.poll(() => [...present.value.values()].map(({ place }) => place)).toEqual(["table 3"]);
  await vi.waitUntil(() => open);
  expect(counts.value.get("s")?.questions).toBe(2);
  say();
  await expect.poll(() => [...present.value.keys()]).toEqual(["b"]);
});
