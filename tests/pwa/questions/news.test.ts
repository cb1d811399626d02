import { destroy, put } from "@src/lib/store";
import { lookForNews } from "@src/questions/news";
import { newSecret } from "@src/safety/profile";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aLive } from "../makers";
import { aServer, type Server } from "../safety/server";
import { aSession, EVENT } from "./makers";

let server: Server;

beforeEach(async () => {
  await destroy();
  server = await aServer(({ path }) => {
    if (path.endsWith("/notes/")) return { status: 200, body: { version: 1, notes: [] } };
    const code = /sessions\/(\w+)\/live\/$/.exec(path)?.[1] ?? "";
    return { status: 200, body: live(code) };
  });
});
afterEach(() => server.close());

/** A session whose id is its code with a sign before it. */
const live = (code: string) => ({ ...aLive(1), session: aSession({ id: `id-${code}`, code }) });
const opened = (code: string, at: number) =>
  put("copies", `/api/v1/sessions/${code}/live/`, { body: live(code), etag: null, at });
const askedIn = (code: string) =>
  put("receipts", `r-${code}`, {
    id: `r-${code}`,
    secret: newSecret(EVENT, "question"),
    box: "b",
    session: { id: `id-${code}`, code, title: "Blogs" },
    text: "How do I start?",
    audience: "everyone",
    standing: "held",
  });

/** What was asked for since, in its order; the listening is done with. */
async function asked(): Promise<string[]> {
  const since = server.seen.length;
  await lookForNews();
  return server.seen.slice(since).map(({ path }) => path.replace("/api/v1/sessions/", ""));
}

test("anon_19: whoever asked in a session looks for news by the requests of whoever only read it", async () => {
  for (const [at, code] of ["one", "two", "three"].entries()) await opened(code, at);
  const reader = await asked();
  await askedIn("two");
  const asker = await asked();
  expect(reader.length).toBe(6);
  expect([...asker].sort()).toEqual([...reader].sort());
});

test("a session that only a receipt brought here is read as well", async () => {
  await askedIn("away");
  expect(await asked()).toEqual(["away/live/", "id-away/notes/"]);
});

test("of very many sessions only the last opened are read", async () => {
  for (let at = 0; at < 20; at++) await opened(`s${at}`, at);
  const read = (await asked()).filter((path) => path.endsWith("/live/"));
  expect([read.length, read[0], read.at(-1)]).toEqual([12, "s19/live/", "s8/live/"]);
});
