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
  const answer = async (path: string) => {
    if (path === livePath(String(code))) return Response.json(snapshot);
    const stream = new ReadableStream<Uint8Array>({
      start: (made) => {
        control = made;
      },
    });
    send("hello", 10, []);
    return new Response(stream, { headers: { "content-type": "text/event-stream" } });
  };
  vi.stubGlobal("fetch", vi.fn(answer));
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

test("care_11: in quiet mode the session is read once, and again when somebody asks", async () => {
  set({ quiet: true });
  const asks = vi.mocked(fetch);
  const noted = vi.fn();
  const deaf = on("notes", noted);
  const session = followSession(String(code));
  await vi.waitUntil(() => session.line.value === "still");
  const ids = () => session.shown.value?.questions.map((one) => one.id);
  snapshot = aLive(12, { questions: [aQuestion("newer", 12), aQuestion("new", 11)] });
  dispatchEvent(new Event("online"));
  document.dispatchEvent(new Event("visibilitychange"));
  await new Promise((done) => setTimeout(done, 200));
  expect([asks.mock.calls.map(([path]) => path), ids()]).toEqual([[livePath(String(code))], ["old"]]);

  session.pull();
  await vi.waitUntil(() => ids()?.length === 2);

  expect(ids()).toEqual(["newer", "new"]);
  expect(asks.mock.calls.map(([path]) => path)).toEqual([livePath(String(code)), livePath(String(code))]);
  expect(session.said.value).toEqual([]);
  expect(noted).toHaveBeenCalledOnce(); // everybody's notes are read in the same moment
  session.stop();
  deaf();
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
