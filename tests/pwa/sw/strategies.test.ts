// @vitest-environment node

import { keepShell } from "@src/sw/caches";
import { answer } from "@src/sw/strategies";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const HOME = "https://day.test";

/** As much of the browser's cache storage as the worker uses. */
class Shelves {
  readonly shelves = new Map<string, Map<string, Response>>();
  has = async (name: string) => this.shelves.has(name);
  keys = async () => [...this.shelves.keys()];
  delete = async (name: string) => this.shelves.delete(name);
  match = async (address: string) => {
    for (const shelf of this.shelves.values()) if (shelf.has(key(address))) return shelf.get(key(address))?.clone();
    return undefined;
  };
  open = async (name: string) => {
    const shelf = this.shelves.get(name) ?? new Map<string, Response>();
    this.shelves.set(name, shelf);
    return {
      match: async (asked: string | Request) => shelf.get(key(asked))?.clone(),
      put: async (asked: string | Request, response: Response) => void shelf.set(key(asked), response),
      addAll: async (all: (string | Request)[]) => {
        for (const asked of all) shelf.set(key(asked), await network(asked as Request));
      },
      keys: async () => [...shelf.keys()].map((url) => ({ url })),
      delete: async ({ url }: { url: string }) => shelf.delete(url),
    };
  };
}
const key = (asked: string | Request) => new URL(typeof asked === "string" ? asked : asked.url, HOME).href;

let shelves: Shelves;
let network: (request: Request) => Promise<Response>;
beforeEach(() => {
  shelves = new Shelves();
  network = async () => new Response("from the network");
  vi.stubGlobal("caches", shelves);
  vi.stubGlobal("fetch", (request: Request) => network(request));
});
afterEach(() => vi.unstubAllGlobals());

/** A browser makes requests of addresses without their origin, Node does not. */
class OwnRequest extends Request {
  constructor(address: string, how?: RequestInit) {
    super(new URL(address, HOME), how);
  }
}

/** Node's Request cannot be made with mode "navigate", so it is put on afterwards. */
function asks(path: string, how: RequestInit & { page?: boolean } = {}): Request {
  const request = new Request(new URL(path, HOME), how);
  if (how.page) Object.defineProperty(request, "mode", { value: "navigate" });
  return request;
}

describe("the worker keeps out of", () => {
  test.each([
    ["writes", asks("/api/v1/sessions/s/questions/q/", { method: "PUT", body: "{}" })],
    ["snapshots, which the app keeps", asks("/api/v1/sessions/s/live/")],
    ["streams", asks("/api/v1/sessions/s/stream")],
    ["signed-in reads", asks("/api/v1/x.svg", { headers: { authorization: "Bearer x" } })],
    ["other sites", asks("https://elsewhere.test/assets/a.js")],
    ["addresses of the API opened as a page", asks("/api/v1/docs/", { page: true })],
    ["files opened as a page", asks("/robots.txt", { page: true })],
  ])("%s", (_name, request) => {
    expect(answer(request, HOME)).toBeNull();
  });
});

test("every page opens from the phone, and from the network if the browser lost it", async () => {
  expect(await (await answer(asks("/s/QRTX2", { page: true }), HOME))?.text()).toBe("from the network");
  shelves.shelves.set("shell-now", new Map([[key("/index.html"), new Response("kept")]]));

  expect(await (await answer(asks("/s/QRTX2", { page: true }), HOME))?.text()).toBe("kept");
});

test("a page opened before an update still finds its pieces", async () => {
  shelves.shelves.set("shell-before", new Map([[key("/assets/old-12345678.js"), new Response("old piece")]]));

  expect(await (await answer(asks("/assets/old-12345678.js"), HOME))?.text()).toBe("old piece");
});

test("a picture is shown from the phone when the network is away, unless it must not be kept", async () => {
  const qr = () => answer(asks("/api/v1/events/leeds/qr.svg"), HOME);
  await qr();
  network = () => Promise.reject(new TypeError("offline"));
  expect(await (await qr())?.text()).toBe("from the network");

  network = async () => new Response("secret", { headers: { "cache-control": "no-store" } });
  await answer(asks("/api/v1/x/qr.svg"), HOME);
  network = () => Promise.reject(new TypeError("offline"));
  expect((await answer(asks("/api/v1/x/qr.svg"), HOME))?.type).toBe("error");
});

describe("the piece for holding a place", () => {
  const piece = () => answer(asks("/assets/places/places-12345678.js"), HOME);

  test("is kept from its first use on", async () => {
    shelves.shelves.set("shell-now", new Map());
    await piece();
    network = () => Promise.reject(new TypeError("offline"));

    expect(await (await piece())?.text()).toBe("from the network");
  });

  test.each(["boards/wall", "desk/door", "online/online"])("and so is %s", async (name) => {
    shelves.shelves.set("shell-now", new Map());
    await answer(asks(`/assets/${name}-12345678.js`), HOME);

    expect([...(shelves.shelves.get("shell-now")?.keys() ?? [])]).toEqual([key(`/assets/${name}-12345678.js`)]);
  });

  test("is not kept on a phone that was told to forget", async () => {
    await piece();

    expect(shelves.shelves.size).toBe(0);
  });

  test("is not kept as long as it cannot be fetched", async () => {
    shelves.shelves.set("shell-now", new Map());
    network = async () => new Response("busy", { status: 503 });
    await piece();

    expect(shelves.shelves.get("shell-now")?.size).toBe(0);
  });

  test("comes with the next version where it was used, and only there", async () => {
    vi.stubGlobal("Request", OwnRequest);
    await keepShell();
    expect([...(shelves.shelves.get("shell-now") ?? [])]).toEqual([]);

    shelves.shelves.set("shell-before", new Map([[key("/assets/places/old.js"), new Response("old piece")]]));
    await keepShell();

    expect([...(shelves.shelves.get("shell-now")?.keys() ?? [])]).toEqual([key("/assets/places/new.js")]);
  });
});
