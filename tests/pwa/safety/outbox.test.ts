import { all, destroy, put } from "@src/lib/store";
import { keepCode, takeCode } from "@src/safety/code";
import type { Item } from "@src/safety/outbox";
import type { Receipt } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aServer, type Reply, type Seen, type Server } from "./server";

const SESSION = "5d1f0c3e-8a7b-4c2d-9e6f-1a2b3c4d5e6f";
const NO_PROOF: Reply = { status: 200, body: { type: "none" } };

let server: Server;
let outbox: typeof import("@src/safety/outbox");
let stop = () => {};

/** The app as it starts: nothing in memory, everything that was kept on the phone. */
async function restart(): Promise<void> {
  stop();
  vi.resetModules();
  outbox = await import("@src/safety/outbox");
  stop = outbox.startOutbox();
}

/** What the server does with a write; challenges are given freely. */
const onWrite = (reply: (request: Seen) => Reply) => (request: Seen) =>
  request.method === "GET" ? NO_PROOF : reply(request);
const accepting = onWrite(() => ({ status: 201, body: { id: "x", state: "held" } }));

const aQuestion = (id: string, more: Partial<Item> = {}): Item => ({
  key: `ask:${id}`,
  lane: "words",
  method: "PUT",
  path: `/api/v1/sessions/${SESSION}/questions/${id}/`,
  body: { text: `How do I start? ${id}` },
  proof: { act: "ask", session: SESSION },
  receipt: id,
  ...more,
});

const aReceipt = (id: string): Receipt => ({
  id,
  secret: { seed: "AAECAwQFBgcICQ", event: SESSION, kind: "question" },
  box: "_qQGw7CWxmHjuyUBhMlfcg",
  session: { id: SESSION, code: "x7k2", title: "Blogs" },
  text: "How do I start?",
  warning: "",
  audience: "everyone",
  recap: true,
  standing: "waiting",
  reason: "",
  note: "",
  reply: "",
  refusal: "",
});

const receipt = async (id: string) => (await all<Receipt>("receipts")).find(([key]) => key === id)?.[1];
const kept = async () => (await all("outbox")).map(([key]) => key);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: 1_800_000_000_000 });
  await destroy();
  server = await aServer(accepting);
  await restart();
});

afterEach(async () => {
  stop();
  vi.useRealTimers();
  await server.close();
});

/** The machine's own clock, which no test turns. */
const realNanoseconds = process.hrtime.bigint;
const PATIENCE = 15_000_000_000n;

/** Lets requests and storage finish without letting the clock run. */
const settle = async (until: () => boolean | Promise<boolean>) => {
  const end = realNanoseconds() + PATIENCE;
  while (realNanoseconds() < end) {
    if (await until()) return;
    await new Promise((done) => setImmediate(done));
    await new Promise((done) => process.nextTick(done));
  }
  throw new Error("it did not settle");
};
/** Requests that have no answer yet. */
let open = 0;
const fetching = globalThis.fetch;
globalThis.fetch = (...asked) => {
  open++;
  return fetching(...asked).finally(() => open--);
};
const BLINK = 1_000_000_000n;
/** Lets the clock run, and what it starts finish. */
const pass = async (ms: number) => {
  for (let left = ms; left > 0; left -= 500) {
    await vi.advanceTimersByTimeAsync(Math.min(left, 500));
    const end = realNanoseconds() + BLINK;
    let round = 0;
    // A busy machine answers late: the clock waits for it.
    while (round < 3 || (open > 0 && realNanoseconds() < end)) {
      round = open > 0 ? 0 : round + 1;
      await new Promise((done) => setImmediate(done));
      if (realNanoseconds() > end) break;
    }
  }
};
const quiet = async (key: string) => settle(async () => !(await kept()).includes(key));

test("a question is sent at once, with its own proof, and the receipt hears it", async () => {
  await put("receipts", "a", aReceipt("a"));
  await outbox.enqueue(aQuestion("a"));
  await quiet("ask:a");
  await settle(async () => (await receipt("a"))?.standing === "held");
  expect(server.seen.map(({ method }) => method)).toEqual(["GET", "PUT"]);
  expect(JSON.parse(server.writes()[0]?.body ?? "")).toEqual({ text: "How do I start? a", proof: { type: "none" } });
});

test("anon_28: a body is padded so that its length tells little, and carries no cookie, token or referrer", async () => {
  await outbox.enqueue(aQuestion("a"));
  await quiet("ask:a");
  const { body, headers } = server.writes()[0] ?? { body: "", headers: {} };
  expect(Buffer.byteLength(body)).toBe(1024);
  expect([headers.cookie, headers.authorization, headers.referer]).toEqual([undefined, undefined, undefined]);
});

test("a question whose answer is lost five times is stored once", async () => {
  const rows = new Map<string, string>();
  let lost = 0;
  server.answer = onWrite(({ path, body }) => {
    const fresh = !rows.has(path);
    if (fresh) rows.set(path, body);
    if (lost++ < 5) return "hang up";
    return { status: fresh ? 201 : 200, body: { id: "a", state: "held" } };
  });
  await put("receipts", "a", aReceipt("a"));
  await outbox.enqueue(aQuestion("a"));
  for (let round = 1; round <= 5; round++) {
    await settle(async () => lost === round && (await all<{ tries: number }>("outbox"))[0]?.[1].tries === round);
    await restart();
  }
  await quiet("ask:a");
  expect(lost).toBe(6);
  expect([...rows.keys()]).toEqual([`/api/v1/sessions/${SESSION}/questions/a/`]);
  expect(new Set(server.writes().map(({ body }) => body)).size).toBe(1);
  expect((await receipt("a"))?.standing).toBe("held");
});

test("several questions leave one at a time, 5 to 60 seconds apart", async () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  for (const id of ["a", "b", "c"]) await outbox.enqueue(aQuestion(id));
  await pass(1_000);
  expect(server.seen).toEqual([]);
  online.mockReturnValue(true);
  const times: number[] = [];
  server.answer = onWrite(() => {
    times.push(Date.now());
    return { status: 201, body: { id: "x", state: "held" } };
  });
  await restart();
  await settle(() => times.length === 1);
  await pass(140_000);
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  // The clock of this test steps on while a busy machine still works at what is sent: some seconds count for that.
  expect(gaps.filter((gap) => gap < 5_000 || gap > 66_000)).toEqual([]);
  expect(gaps.length).toBe(2);
  expect(new Set(server.writes().map(({ path }) => path)).size).toBe(3);
});

test("what waits leaves in an order left to chance", async () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const ids = [..."abcdefghij"];
  for (const id of ids) await outbox.enqueue(aQuestion(id));
  online.mockReturnValue(true);
  await restart();
  await settle(() => server.writes().length === 1);
  await pass(9 * 61_000);
  await settle(() => server.writes().length === ids.length);
  const order = server.writes().map(({ path }) => path.at(-2) ?? "");
  expect(order.toSorted()).toEqual(ids);
  expect([ids, ids.toReversed()]).not.toContainEqual(order);
});

test("anon_28: whatever is sent has one of three lengths", async () => {
  for (const length of [1, 700, 1000, 1001, 1900, 3000, 3900]) {
    await outbox.enqueue(aQuestion(`l${length}`, { body: { text: "é".repeat(length / 2) } }));
    await pass(61_000);
    await quiet(`ask:l${length}`);
  }
  const lengths = server.writes().map(({ body }) => Buffer.byteLength(body));
  expect(new Set(lengths)).toEqual(new Set([1024, 2048, 4096]));
  expect(lengths).toEqual(lengths.toSorted((one, other) => one - other));
});

test("a network that comes back without a word is noticed", async () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await outbox.enqueue(aQuestion("a"));
  await pass(6_000);
  expect(server.seen).toEqual([]);
  online.mockReturnValue(true);
  await pass(6_000);
  await quiet("ask:a");
});

test("a network that comes back while a try fails is not overlooked", async () => {
  let tries = 0;
  server.answer = onWrite(() => {
    if (tries++ > 0) return { status: 201, body: { id: "a", state: "held" } };
    dispatchEvent(new Event("online"));
    return "hang up";
  });
  await outbox.enqueue(aQuestion("a"));
  await pass(100); // far less than the pause after a try that failed
  await quiet("ask:a");
  expect(tries).toBe(2);
});

test("votes wait until the words have gone", async () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await outbox.enqueue(aQuestion("v", { key: "vote:v", lane: "votes", receipt: "v" }));
  await outbox.enqueue(aQuestion("a"));
  await new Promise((done) => setImmediate(done));
  expect(server.seen).toEqual([]);
  online.mockReturnValue(true);
  dispatchEvent(new Event("online"));
  await quiet("ask:a");
  expect(await kept()).toEqual(["vote:v"]);
  await settle(() => vi.getTimerCount() > 0);
  await vi.advanceTimersByTimeAsync(1);
  await vi.advanceTimersByTimeAsync(61_000);
  await quiet("vote:v");
});

test.each([
  [{ status: 409, body: { code: "already-asked", detail: "You sent this already." } }, "held", ""],
  [{ status: 410, body: { code: "withdrawn", detail: "This was withdrawn." } }, "withdrawn", ""],
  [
    { status: 409, body: { code: "questions-closed", detail: "This session takes no questions now." } },
    "refused",
    "This session takes no questions now.",
  ],
  [{ status: 409, body: { code: "day-is-over", detail: "This day is closed." } }, "refused", "This day is closed."],
  [
    {
      status: 400,
      body: {
        code: "invalid",
        detail: "No.",
        errors: [{ attr: "text", code: "long", detail: "Please use fewer words." }],
      },
    },
    "refused",
    "Please use fewer words.",
  ],
  [
    { status: 404, body: { code: "not-found", detail: "There is nothing at this address." } },
    "refused",
    "There is nothing at this address.",
  ],
] as const)("a final answer ends the sending: %o", async (reply, standing, refusal) => {
  server.answer = onWrite(() => reply as Reply);
  await put("receipts", "a", aReceipt("a"));
  await outbox.enqueue(aQuestion("a"));
  await quiet("ask:a");
  await settle(async () => (await receipt("a"))?.standing !== "waiting");
  expect(await receipt("a")).toMatchObject({ standing, refusal, text: "How do I start?" });
});

test.each([
  [{ status: 429, body: { code: "slow-down" }, headers: { "Retry-After": "120" } }, 120_000],
  [{ status: 409, body: { code: "questions-paused" }, headers: { "Retry-After": "60" } }, 60_000],
  [{ status: 503, body: { code: "busy" } }, 1_000],
  [{ status: 408, body: {} }, 1_000],
  [{ status: 403, body: { code: "proof-needed" } }, 1_000],
] as const)("a busy server is asked again later: %o", async (reply, wait) => {
  server.answer = onWrite(() => reply as Reply);
  await put("receipts", "a", aReceipt("a"));
  await outbox.enqueue(aQuestion("a"));
  await settle(async () => (await all<{ tries: number }>("outbox"))[0]?.[1].tries === 1);
  expect((await receipt("a"))?.standing).toBe("waiting");
  const [[, item] = []] = await all<{ next: number }>("outbox");
  expect((item?.next ?? 0) - Date.now()).toBeGreaterThanOrEqual(wait);
  server.answer = accepting;
  await vi.advanceTimersByTimeAsync(wait - 1_000);
  expect(server.writes().length).toBe(1);
  await vi.advanceTimersByTimeAsync(62_000);
  await quiet("ask:a");
});

test("a room that is asked for the same pause does not come back in one moment", async () => {
  server.answer = onWrite(() => ({ status: 503, body: { code: "busy" }, headers: { "Retry-After": "2" } }));
  const moments = new Set<number>();
  for (const id of ["a", "b", "c", "d", "e", "f"]) {
    await destroy();
    await outbox.enqueue(aQuestion(id));
    const tried = async () => (await all<{ tries: number; next: number }>("outbox"))[0]?.[1];
    await settle(async () => (await tried())?.tries === 1);
    const wait = ((await tried())?.next ?? 0) - Date.now();
    expect([wait >= 2_000, wait < 4_000]).toEqual([true, true]);
    moments.add(wait);
  }
  expect(moments.size).toBeGreaterThan(1);
});

const coded = (request: Seen) => "code" in (JSON.parse(request.body) as object);
const WRONG: Reply = { status: 400, body: { code: "wrong-join-code", detail: "That is not today's code." } };

test("words that come with a code of yesterday go without it, at once, and the code is forgotten", async () => {
  server.answer = onWrite((request) => (coded(request) ? WRONG : { status: 201, body: { state: "held" } }));
  await keepCode(SESSION, "tulip");
  await put("receipts", "a", aReceipt("a"));
  await outbox.enqueue(aQuestion("a", { body: { text: "How do I start?", code: "tulip" }, coded: SESSION }));
  await quiet("ask:a");
  await settle(async () => (await receipt("a"))?.standing === "held");
  expect(server.writes().map(coded)).toEqual([true, false]);
  expect([(await receipt("a"))?.refusal, await takeCode(SESSION)]).toEqual(["", null]);
});

test("what an older app left waiting with its code comes through as well", async () => {
  server.answer = onWrite((request) => (coded(request) ? WRONG : { status: 201, body: { state: "held" } }));
  await put("receipts", "a", aReceipt("a"));
  await outbox.enqueue(aQuestion("a", { body: { text: "How do I start?", code: "tulip" } }));
  await settle(async () => (await receipt("a"))?.standing === "held");
  expect(server.writes().map(coded)).toEqual([true, false]);
});

test("a code is kept once the server took it, and not before", async () => {
  let busy = true;
  server.answer = onWrite(() => (busy ? { status: 503, body: {} } : { status: 201, body: { state: "held" } }));
  await outbox.enqueue(aQuestion("a", { body: { text: "How do I start?", code: "rose" }, coded: SESSION }));
  await settle(async () => (await all<{ tries: number }>("outbox"))[0]?.[1].tries === 1);
  expect(await takeCode(SESSION)).toBe("");
  busy = false;
  await pass(65_000);
  await quiet("ask:a");
  expect(await takeCode(SESSION)).toBe("rose");
});

test("a change that is refused leaves the question as it stands, with the reason", async () => {
  server.answer = onWrite(() => ({
    status: 409,
    body: { code: "answered-already", detail: "This has been answered." },
  }));
  await put("receipts", "a", { ...aReceipt("a"), standing: "shown" });
  await outbox.enqueue(
    aQuestion("a", { key: "edit:a", method: "PATCH", authorization: "Receipt xyz", news: { text: "New" } }),
  );
  await quiet("edit:a");
  await settle(async () => (await receipt("a"))?.refusal !== "");
  expect(await receipt("a")).toMatchObject({
    standing: "shown",
    text: "How do I start?",
    refusal: "This has been answered.",
  });
  expect(server.writes()[0]?.headers.authorization).toBe("Receipt xyz");
});

test("a withdrawal of what never arrived is done", async () => {
  server.answer = onWrite(() => ({ status: 404, body: { code: "no-such-receipt" } }));
  await put("receipts", "a", aReceipt("a"));
  await outbox.enqueue(aQuestion("a", { method: "DELETE", body: null, proof: null, authorization: "Receipt xyz" }));
  await quiet("ask:a");
  await settle(async () => (await receipt("a"))?.standing === "withdrawn");
});

test("what somebody changed while it was on its way is sent after it", async () => {
  let first = true;
  server.answer = onWrite(() => {
    if (first)
      void outbox.enqueue(aQuestion("v", { key: "vote:v", lane: "votes", method: "DELETE", body: null, proof: null }));
    first = false;
    return { status: 201, body: { id: "v", counted: true } };
  });
  await outbox.enqueue(aQuestion("v", { key: "vote:v", lane: "votes" }));
  await settle(() => server.writes().length === 1);
  await settle(() => vi.getTimerCount() > 0);
  await vi.advanceTimersByTimeAsync(61_000);
  await quiet("vote:v");
  expect(server.writes().map(({ method }) => method)).toEqual(["PUT", "DELETE"]);
});

test("what waits can be taken back, and says whether it may have arrived", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await outbox.enqueue(aQuestion("a"));
  expect(await outbox.takeBack("ask:a")).toEqual({ tries: 0 });
  expect(await outbox.takeBack("ask:a")).toBeNull();
  expect(server.seen).toEqual([]);
});
