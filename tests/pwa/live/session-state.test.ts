import { on } from "@src/journal/bell";
import { set } from "@src/lib/settings";
import { destroy } from "@src/lib/store";
import type { Change, SessionLive } from "@src/lib/wire";
import { followSession, livePath } from "@src/live/session-state";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aLive, aQuestion } from "../makers";

let control: ReadableStreamDefaultController<Uint8Array>;
let snapshot: SessionLive;
let code = 0;

beforeEach(() => {
  code += 1;
  snapshot = aLive(10, { questions: [aQuestion("old", 9)] });
  vi.stubGlobal("fetch", async (path: string) => {
    if (path === livePath(String(code))) return Response.json(snapshot);
    const stream = new ReadableStream<Uint8Array>({
      start: (made) => {
        control = made;
      },
    });
    send("hello", 10, []);
    return new Response(stream, { headers: { "content-type": "text/event-stream" } });
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  set({ quiet: false });
  await destroy();
});

function send(event: string, version: number, changes: Change[]): void {
  const frame = `event: ${event}\nid: ${version}\ndata: ${JSON.stringify({ version, changes })}\n\n`;
  control.enqueue(new TextEncoder().encode(frame));
}

const asked = (id: string, shown: number): Change => ({ kind: "question", subject: id, item: aQuestion(id, shown) });

async function following() {
  const session = followSession(String(code));
  await vi.waitUntil(() => session.line.value === "live");
  const ids = () => session.shown.value?.questions.map((one) => one.id);
  return { session, ids };
}

test("a new question is shown, said aloud and rung at once", async () => {
  const rung: string[] = [];
  const quiet = on("question", (topic, change) => rung.push(`${topic} ${change.subject}`));
  const { session, ids } = await following();

  send("change", 11, [asked("new", 11)]);

  await vi.waitUntil(() => ids()?.length === 2);
  expect(ids()).toEqual(["new", "old"]);
  expect(session.said.value.map((one) => one.id)).toEqual(["new"]);
  expect(rung).toEqual(["s1 new"]);
  session.stop();
  quiet();
});

test("in quiet mode new things wait and are not said; what is withdrawn goes at once", async () => {
  set({ quiet: true });
  const { session, ids } = await following();

  send("change", 12, [asked("new", 11), asked("newer", 12)]);
  await vi.waitUntil(() => session.waiting.value === 2);
  send("change", 13, [{ kind: "question", subject: "old", item: null }]);
  await vi.waitUntil(() => ids()?.length === 0);

  expect(session.said.value).toEqual([]);
  session.showNew();
  expect(ids()).toEqual(["newer", "new"]);
  expect(session.waiting.value).toBe(0);
  session.stop();
});

test("paused, nothing new comes on screen until somebody goes on", async () => {
  const { session, ids } = await following();
  session.paused.value = true;

  send("change", 11, [asked("new", 11)]);

  await vi.waitUntil(() => session.waiting.value === 1);
  expect(ids()).toEqual(["old"]);
  session.stop();
});

test("what is withdrawn is no longer read aloud, and does not wait to be shown", async () => {
  const { session, ids } = await following();
  send("change", 11, [asked("new", 11)]);
  await vi.waitUntil(() => session.said.value.length === 1);
  session.paused.value = true;
  send("change", 12, [asked("later", 12)]);
  await vi.waitUntil(() => session.waiting.value === 1);

  send("change", 14, [
    { kind: "question", subject: "new", item: null },
    { kind: "question", subject: "later", item: null },
  ]);

  await vi.waitUntil(() => ids()?.length === 1);
  expect([session.said.value, session.waiting.value]).toEqual([[], 0]);
  session.stop();
});
