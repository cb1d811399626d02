// @vitest-environment node
import { get, NoAnswer, Problem, padded, put } from "@src/lib/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Served, served } from "../served";

let server: Served;
beforeAll(async () => {
  server = await served();
});
afterAll(() => server.close());

describe("requests", () => {
  test("carry no cookie and no referrer, and ask for JSON", async () => {
    server.answer = () => ({ body: { fine: true } });

    const answer = await get(`${server.url}/a`);

    const [seen] = server.requests.slice(-1);
    expect(answer.body).toEqual({ fine: true });
    expect(seen?.headers.accept).toBe("application/json");
    expect(seen?.headers.cookie).toBeUndefined();
    expect(seen?.headers.referer).toBeUndefined();
  });

  test("with an ETag come back empty when nothing changed", async () => {
    server.answer = () => ({ status: 304, headers: { etag: '"7"' } });

    const answer = await get(`${server.url}/a`, { etag: '"7"' });

    expect(answer).toEqual({ status: 304, body: undefined, etag: '"7"' });
    expect(server.requests.at(-1)?.headers["if-none-match"]).toBe('"7"');
  });

  test("that are refused tell the code, the sentence and the pause", async () => {
    server.answer = () => ({
      status: 503,
      headers: { "retry-after": "7" },
      body: { code: "busy", detail: "Too many at once." },
    });

    const refused = await get(`${server.url}/a`).catch((reason: unknown) => reason);

    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ status: 503, code: "busy", message: "Too many at once.", retryAfter: 7 });
  });

  test("answered by a sign-in page of the network are no answer", async () => {
    server.answer = () => ({ raw: "<html>Welcome to our Wi-Fi</html>" });

    await expect(get(`${server.url}/a`)).rejects.toBeInstanceOf(NoAnswer);
  });

  test("to nowhere are no answer", async () => {
    await expect(get("http://127.0.0.1:1/")).rejects.toBeInstanceOf(NoAnswer);
  });

  test("that write are padded to 1, 2 or 4 KiB", async () => {
    server.answer = () => ({ status: 201, body: { id: "x", state: "held" } });

    await put(`${server.url}/q`, { text: "short" });

    expect(server.requests.at(-1)?.body.length).toBe(1024);
    expect(JSON.parse(server.requests.at(-1)?.body ?? "")).toEqual({ text: "short" });
    expect(padded({ text: "x".repeat(1500) }).length).toBe(2048);
    expect(padded({ text: "x".repeat(3000) }).length).toBe(4096);
  });
});
