import { all, destroy, take } from "@src/lib/store";
import type { Item } from "@src/safety/outbox";
import { report, unreport } from "@src/safety/reporting";
import { loadReports, reported, type Subject, uncounted } from "@src/safety/reports";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EVENT, SESSION } from "../questions/makers";
import { aServer, type Reply, type Seen, type Server } from "./server";

let server: Server;
let subject: Subject;

const onWrite = (reply: (request: Seen) => Reply) => (request: Seen) =>
  request.method === "GET" ? { status: 200, body: { type: "none" } } : reply(request);
const counting = (counted: boolean) =>
  onWrite(({ method }) => ({ status: method === "PUT" ? 201 : 204, body: { counted } }));

beforeEach(async () => {
  await destroy();
  reported.value = new Map();
  server = await aServer(counting(true));
  subject = { kind: "question", id: crypto.randomUUID(), session: SESSION, event: EVENT };
});
afterEach(() => server.close());

const waiting = async () => (await all<Item & { tries: number }>("outbox")).map(([, item]) => item);
const outcome = () => uncounted.value.get(subject.id);

test("a report goes to its subject under a tag of this phone, with a reason and nothing else", async () => {
  await report(subject, "unkind");

  await expect.poll(() => server.writes().length).toBe(1);
  const [sent] = server.writes();
  expect(sent?.path).toMatch(
    new RegExp(`^/api/v1/sessions/${SESSION}/questions/${subject.id}/reports/[A-Za-z0-9_-]{22}/$`),
  );
  expect(JSON.parse(sent?.body ?? "")).toEqual({ reason: "unkind", proof: { type: "none" } });
  const proof = server.seen.find(({ path }) => path.includes("/proofs/"));
  expect(new URLSearchParams(proof?.path.split("?")[1]).get("act")).toBe("report");
});

test("its tag is not the tag of a vote for the same question", async () => {
  const { tagFor } = await import("@src/safety/profile");
  const { tagKey } = await import("@src/safety/tags");
  await report(subject, "other");
  await expect.poll(() => server.writes().length).toBe(1);

  const vote = await tagFor(await tagKey(EVENT), "vote", subject.id);
  expect(server.writes()[0]?.path.includes(vote)).toBe(false);
});

test("with no signal it waits among the votes, and taking it back then needs no request", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  await report(subject, "advert");
  const [item] = await waiting();
  expect([item?.lane, item?.method, item?.tries]).toEqual(["votes", "PUT", 0]);

  await unreport(subject);
  expect([await waiting(), server.seen, reported.value.has(subject.id)]).toEqual([[], [], false]);
});

test("one that has arrived is taken back at the server", async () => {
  await report(subject, "names-somebody");
  await expect.poll(waiting).toEqual([]);
  expect(reported.value.get(subject.id)).toBe("names-somebody");

  await unreport(subject);
  await expect.poll(() => server.writes().at(-1)?.method).toBe("DELETE");
  expect(server.writes()[0]?.path).toBe(server.writes()[1]?.path);
  expect(reported.value.has(subject.id)).toBe(false);
});

test("the phone remembers it, under nothing but the id", async () => {
  await loadReports();
  await report(subject, "worried");

  expect(await take("keys", "reported")).toEqual(new Map([[subject.id, "worried"]]));
  await expect.poll(waiting).toEqual([]);
});

test.each([
  ["what a moderator let stand is not counted", counting(false), "stands"],
  ["what is not shown any more is gone", onWrite(() => ({ status: 404, body: { code: "not-found" } })), "gone"],
  ["what staff said is refused", onWrite(() => ({ status: 409, body: { code: "cannot-report" } })), "refused"],
] as const)("%s, and the phone says so", async (_, answer, said) => {
  server.answer = answer;
  await report(subject, "unkind");

  await expect.poll(outcome).toBe(said);
  expect([reported.value.has(subject.id), await waiting()]).toEqual([false, []]);
});
