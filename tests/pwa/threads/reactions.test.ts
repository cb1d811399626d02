import { all, destroy } from "@src/lib/store";
import { hasGiven, hearRefusals, loadReactions, refused, tally, toggle } from "@src/threads/reactions";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aComment } from "../makers";
import { EVENT, SESSION } from "../questions/makers";
import { aServer, type Server } from "../safety/server";

const ID = "39352539-055d-8969-9674-d3c0955daf3f";
const comment = aComment(ID, 1, { session: SESSION, reactions: { thanks: 2, same: 0, strength: 0 } });
let server: Server;
let status = 201;

beforeEach(async () => {
  await destroy();
  await loadReactions(EVENT);
  status = 201;
  server = await aServer(({ method }) =>
    method === "GET" ? { status: 200, body: { type: "none" } } : { status, body: { id: ID, counted: true } },
  );
});
afterEach(async () => {
  await expect.poll(() => all("outbox")).toEqual([]);
  await server.close();
});

test("thanks count at once and go out under a tag, once a phone and comment", async () => {
  await toggle(comment, "thanks", EVENT);
  expect([hasGiven(comment, "thanks"), hasGiven(comment, "same"), tally(comment, "thanks")]).toEqual([true, false, 3]);
  await expect.poll(() => server.writes().length).toBe(1);
  const path = `/api/v1/sessions/${SESSION}/comments/${ID}/reactions/thanks/`;
  expect(server.writes()[0]?.path).toMatch(new RegExp(`^${path}[\\w-]{22}/$`));
});

test("they are still marked after a restart", async () => {
  await toggle(comment, "strength", EVENT);
  await loadReactions(EVENT);
  expect(hasGiven(comment, "strength")).toBe(true);
});

test("the number of the server wins over the phone's own", async () => {
  await toggle(comment, "same", EVENT);
  expect(tally({ ...comment, reactions: { ...comment.reactions, same: 7 } }, "same")).toBe(7);
});

test("what the server will not count loses its mark", async () => {
  status = 404;
  const stop = hearRefusals(EVENT);
  await toggle(comment, "thanks", EVENT);
  await expect.poll(() => refused.value).toBe(ID);
  expect([hasGiven(comment, "thanks"), tally(comment, "thanks")]).toEqual([false, 2]);
  stop();
});
