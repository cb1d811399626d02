// @vitest-environment node
import type { ServerResponse } from "node:http";
import type { Changes, SessionLive } from "@src/lib/wire";
import { apply } from "@src/live/apply";
import { follow, type Line, type Pace } from "@src/live/follow";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aLive, aQuestion } from "../makers";
import { type Served, served } from "../served";

const PACE: Pace = { poll: 10, hello: 300, silence: 300, first: 5, longest: 20, retryStream: 5_000 };

/** A server with a journal: it shows questions, streams them, replays them, and drops lines when told. */
class Journal {
  live: SessionLive = aLive(100);
  readonly entries: Changes[] = [];
  readonly lines = new Set<ServerResponse>();
  streams = true;
  opened = 0;

  constructor(readonly server: Served) {
    server.answer = (_path, headers) => {
      const etag = `"${this.live.version}"`;
      return headers["if-none-match"] === etag
        ? { status: 304, headers: { etag } }
        : { body: this.live, headers: { etag } };
    };
    server.take = (request, response) => {
      if (!this.streams || !request.url?.includes("/stream")) return false;
      this.opened += 1;
      const after = Number(request.headers["last-event-id"] ?? this.live.version);
      response.writeHead(200, { "content-type": "text/event-stream" });
      this.lines.add(response);
      response.on("close", () => this.lines.delete(response));
      const hello = this.live.version;
      response.write(`retry: 5\n\nevent: hello\nid: ${hello}\ndata: {"version":${hello}}\n\n`);
      for (const entry of this.entries) if (entry.version > after) this.send(response, entry);
      return true;
    };
  }

  show(id: string): void {
    const version = this.live.version + 1;
    const entry: Changes = { version, changes: [{ kind: "question", subject: id, item: aQuestion(id, version) }] };
    this.live = apply(this.live, entry);
    this.entries.push(entry);
    for (const line of this.lines) this.send(line, entry);
  }

  drop(): void {
    for (const line of this.lines) line.destroy();
  }

  reset(): void {
    for (const line of this.lines) line.write(`event: reset\ndata: {"version":${this.live.version}}\n\n`);
  }

  private send(line: ServerResponse, entry: Changes): void {
    line.write(`event: change\nid: ${entry.version}\ndata: ${JSON.stringify(entry)}\n\n`);
  }
}

let server: Served;
let journal: Journal;
let live: SessionLive | null;
let applied: number[];
let lines: Line[];
let stop: () => void = () => undefined;
const page = Object.assign(new EventTarget(), { hidden: false });

beforeEach(async () => {
  server = await served();
  journal = new Journal(server);
  live = null;
  applied = [];
  lines = [];
  page.hidden = false;
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
});

function start(): void {
  stop = follow(
    {
      path: "sessions/QRTX2",
      version: () => live?.version ?? null,
      onSnapshot: (snapshot) => {
        live = snapshot as SessionLive;
      },
      onChanges: (news) => {
        const after = live && apply(live, news);
        if (after !== live) applied.push(news.version);
        live = after;
      },
      onLine: (line) => lines.push(line),
    },
    PACE,
  );
}

const until = (what: () => boolean) => vi.waitUntil(what, { timeout: 8_000, interval: 5 });
const shown = () => live?.questions.map((one) => one.id) ?? [];

test("twenty forced drops lose nothing and repeat nothing", async () => {
  start();
  await until(() => journal.lines.size === 1);

  const ids: string[] = [];
  for (let n = 1; n <= 20; n++) {
    const opened = journal.opened;
    ids.unshift(`before-${n}`);
    journal.show(`before-${n}`);
    journal.drop();
    ids.unshift(`while-away-${n}`);
    journal.show(`while-away-${n}`);
    await until(() => journal.opened > opened && shown().length === ids.length);
  }

  expect(shown()).toEqual(ids);
  expect(applied.length).toBe(40);
  expect(new Set(applied).size).toBe(40);
}, 20_000);

test("a reset fetches the snapshot anew", async () => {
  start();
  await until(() => lines.at(-1) === "live");
  journal.live = aLive(5_000, { questions: [aQuestion("fresh", 5_000)] });

  journal.reset();

  await until(() => shown().includes("fresh"));
  expect(live?.version).toBe(5_000);
});

test("where streams do not pass, asking again shows the same, mostly by 304", async () => {
  journal.streams = false;
  start();
  await until(() => lines.at(-1) === "polling");

  journal.show("q1");

  await until(() => shown().includes("q1"));
  expect(server.requests.some((one) => one.headers["if-none-match"] === '"100"')).toBe(true);
});

test("where streams are cut off before they begin, asking again shows the same", async () => {
  server.take = (request, response) => {
    if (!request.url?.includes("/stream")) return false;
    response.destroy();
    return true;
  };
  start();
  await until(() => lines.at(-1) === "polling");

  journal.show("q1");

  await until(() => shown().includes("q1"));
});

test("a silent stream is dead and is opened again", async () => {
  start();
  await until(() => journal.opened >= 2);

  expect(lines).toContain("live");
});

test("a hidden tab closes its stream and catches up when it is looked at again", async () => {
  start();
  await until(() => journal.lines.size === 1);

  page.hidden = true;
  page.dispatchEvent(new Event("visibilitychange"));
  await until(() => journal.lines.size === 0);
  journal.show("meanwhile");
  page.hidden = false;
  page.dispatchEvent(new Event("visibilitychange"));

  await until(() => shown().includes("meanwhile"));
  expect(lines).toContain("resting");
});

test("a session that is gone is not asked for again", async () => {
  server.answer = () => ({ status: 404, body: { code: "not-found", detail: "Nothing here." } });
  start();
  await until(() => lines.at(-1) === "gone");
  const asked = server.requests.length;

  await new Promise((done) => setTimeout(done, 100));

  expect(server.requests.length).toBe(asked);
});

test("without a network the line says so and comes back by itself", async () => {
  server.take = (_request, response) => {
    response.destroy();
    return true;
  };
  start();
  await until(() => lines.includes("offline"));
  server.take = () => false;
  journal = new Journal(server);

  await until(() => lines.at(-1) === "live");
});

test("a lost network is said at once, though the stream still looks open", async () => {
  start();
  await until(() => lines.at(-1) === "live");
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));

  page.dispatchEvent(new Event("offline"));

  await until(() => lines.at(-1) === "offline");
  expect(journal.opened).toBe(1);
});
