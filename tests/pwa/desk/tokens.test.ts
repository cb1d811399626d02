import { destroy, take } from "@src/lib/store";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aServer, type Reply, type Seen, type Server } from "../safety/server";

type Tokens = typeof import("@src/desk/tokens");

let server: Server;
let tokens: Tokens;
/** The refresh token that works now, as the server has it: each works once. */
let live = 1;

const over = (code: string): Reply => ({ status: 401, body: { code, detail: "You are signed out." } });
const bearer = ({ headers }: Seen) => headers.authorization;

/** A server that takes an access token of this number or higher, and exchanges the live refresh token. */
const asking =
  (least: number) =>
  (request: Seen): Reply => {
    if (!request.path.endsWith("/token/refresh/")) {
      return Number(bearer(request)?.replace("Bearer a", "")) >= least
        ? { status: 200, body: { ok: bearer(request) } }
        : over("not-signed-in");
    }
    if ((JSON.parse(request.body) as { refresh: string }).refresh !== `r${live}`) return over("signed-out");
    live += 1;
    return { status: 200, body: { access: `a${live}`, refresh: `r${live}` } };
  };
const exchanges = () => server.seen.filter(({ path }) => path.endsWith("/token/refresh/")).length;

/** The app in another tab, or as it starts again. */
async function aTab(): Promise<Tokens> {
  vi.resetModules();
  return import("@src/desk/tokens");
}

beforeEach(async () => {
  await destroy();
  live = 1;
  server = await aServer(asking(1));
  tokens = await aTab();
});
afterEach(() => server.close());

test("a request carries the access token, and nothing is kept on this phone", async () => {
  await tokens.hold({ access: "a1", refresh: "r1" });
  expect((await tokens.call<{ ok: string }>("GET", "/api/v1/me/")).body.ok).toBe("Bearer a1");
  expect(await take("desk", "refresh")).toBeUndefined();
});

test("a token that has run out is renewed once for all who wait", async () => {
  await tokens.hold({ access: "a1", refresh: "r1" });
  server.answer = asking(2);
  const answers = await Promise.all([1, 2, 3].map(() => tokens.call<{ ok: string }>("GET", "/api/v1/me/")));
  expect(answers.map(({ body }) => body.ok)).toEqual(["Bearer a2", "Bearer a2", "Bearer a2"]);
  expect(exchanges()).toBe(1);
});

test("staying signed in keeps the newest refresh token only", async () => {
  await tokens.hold({ access: "a1", refresh: "r1" }, true);
  server.answer = asking(2);
  await tokens.call("GET", "/api/v1/me/");
  expect(await take("desk", "refresh")).toBe("r2");
});

test("a restarted app comes back with what was kept", async () => {
  await tokens.hold({ access: "a1", refresh: "r1" }, true);
  tokens = await aTab();
  await tokens.bringBack();
  expect((await tokens.call<{ ok: string }>("GET", "/api/v1/me/")).body.ok).toBe("Bearer a2");
});

test("two tabs share one sign-in: the second takes what the first was given", async () => {
  await tokens.hold({ access: "a1", refresh: "r1" }, true);
  const second = await aTab();
  await second.bringBack();
  server.answer = asking(2);
  await tokens.call("GET", "/api/v1/me/");
  expect((await second.call<{ ok: string }>("GET", "/api/v1/me/")).body.ok).toBe("Bearer a3");
});

test("a refused exchange signs out here and says so", async () => {
  await tokens.hold({ access: "a1", refresh: "r0" }, true);
  server.answer = asking(9);
  await expect(tokens.call("GET", "/api/v1/me/")).rejects.toMatchObject({ name: "Problem", code: "signed-out" });
  expect([tokens.holding.value, tokens.turnedAway.value, await take("desk", "refresh")]).toEqual([
    false,
    true,
    undefined,
  ]);
});

test("no network is no reason to sign out", async () => {
  await tokens.hold({ access: "a1", refresh: "r1" }, true);
  server.answer = (request) => (request.path.endsWith("/token/refresh/") ? "hang up" : over("not-signed-in"));
  await expect(tokens.call("GET", "/api/v1/me/")).rejects.toMatchObject({ name: "NoAnswer" });
  expect([tokens.holding.value, await take("desk", "refresh")]).toEqual([true, "r1"]);
});

test("a wrong present password is not a lost sign-in", async () => {
  await tokens.hold({ access: "a1", refresh: "r1" });
  server.answer = () => over("wrong-sign-in");
  await expect(tokens.call("PATCH", "/api/v1/me/", { body: {} })).rejects.toMatchObject({ code: "wrong-sign-in" });
  expect([tokens.holding.value, exchanges()]).toEqual([true, 0]);
});

test("signing out forgets the tokens and hands over the one to spend", async () => {
  await tokens.hold({ access: "a1", refresh: "r1" }, true);
  expect([await tokens.drop(), tokens.holding.value, await take("desk", "refresh")]).toEqual(["r1", false, undefined]);
});
