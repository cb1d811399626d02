import { copyOf, keptCopy, learn, refresh } from "@src/lib/copies";
import { put, take } from "@src/lib/store";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let reply: () => Response | Promise<Response>;
const seen: Request[] = [];
let at = 0;
const path = () => `/api/v1/things/${at}/`;

beforeEach(() => {
  at += 1;
  seen.length = 0;
  vi.stubGlobal("fetch", async (address: string, how: RequestInit) => {
    seen.push(new Request(new URL(address, "http://x.test"), { headers: how.headers ?? {} }));
    return reply();
  });
});
afterEach(() => vi.unstubAllGlobals());

const json = (body: unknown, headers: Record<string, string> = {}, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

describe("a copy", () => {
  test("is fetched, kept, and asked for again with its ETag", async () => {
    reply = () => json({ n: 1 }, { etag: '"1"' });
    await refresh(path());
    reply = () => new Response(null, { status: 304 });
    await refresh(path());

    expect(copyOf(path()).value).toMatchObject({ value: { n: 1 }, standing: "fresh" });
    expect(seen[1]?.headers.get("if-none-match")).toBe('"1"');
    expect(await take("copies", path())).toMatchObject({ body: { n: 1 }, etag: '"1"' });
  });

  test("is shown from this phone when no answer comes", async () => {
    await put("copies", path(), { body: { n: 2 }, etag: null, at: 5 });
    reply = () => Promise.reject(new TypeError("offline"));

    await refresh(path());

    expect(copyOf(path()).value).toMatchObject({ value: { n: 2 }, at: 5, standing: "offline" });
  });

  test("that is gone is forgotten", async () => {
    await put("copies", path(), { body: { n: 3 }, etag: null, at: 5 });
    reply = () => json({ code: "not-found", detail: "Nothing here." }, {}, 404);

    await refresh(path());

    expect(copyOf(path()).value).toMatchObject({ value: undefined, standing: "gone" });
    expect(await take("copies", path())).toBeUndefined();
  });

  test("stays on screen when the server is in trouble", async () => {
    learn(path(), { n: 4 });
    reply = () => json({ code: "busy", detail: "Too many at once." }, {}, 503);

    await refresh(path());

    expect(copyOf(path()).value).toMatchObject({ value: { n: 4 }, standing: "trouble" });
  });

  test("can be read without asking the server", async () => {
    await put("copies", path(), { body: { n: 5 }, etag: null, at: 5 });

    expect(await keptCopy(path())).toEqual({ n: 5 });
    expect(seen).toEqual([]);
  });
});
