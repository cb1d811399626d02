import { all, clear, close, destroy, put, remove, SHELVES, take } from "@src/lib/store";
import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(destroy);

describe("the store", () => {
  test("keeps a value across a restart of the app", async () => {
    expect(await put("drafts", "s1", "half a question")).toBe(true);
    await close();

    expect(await take("drafts", "s1")).toBe("half a question");
  });

  test("has a shelf for every name", async () => {
    const kept = await Promise.all(SHELVES.map((shelf) => put(shelf, "k", 1)));

    expect(kept).toEqual(SHELVES.map(() => true));
  });

  test("lists, removes and clears", async () => {
    await put("stars", "b", true);
    await put("stars", "a", true);
    await remove("stars", "b");

    expect(await all("stars")).toEqual([["a", true]]);
    await clear("stars");
    expect(await all("stars")).toEqual([]);
  });

  test("holds things in memory and says so where the browser refuses storage", async () => {
    await close();
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("refused", "SecurityError");
    });

    expect(await put("receipts", "q1", "secret")).toBe(false);
    expect(await take("receipts", "q1")).toBe("secret");
    expect(await all("receipts")).toEqual([["q1", "secret"]]);
  });
});
