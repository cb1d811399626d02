import { forget } from "@src/app/forget";
import { all, put, SHELVES } from "@src/lib/store";
import { expect, test, vi } from "vitest";

test("forgetting this phone leaves nothing of the app behind", async () => {
  for (const shelf of SHELVES) await put(shelf, "k", "secret");
  localStorage.setItem("equalterms", "{}");
  sessionStorage.setItem("equalterms-left", "1");
  const kept = new Map([
    ["shell-a", 1],
    ["answers", 1],
  ]);
  const unregister = vi.fn(async () => true);
  vi.stubGlobal("caches", { keys: async () => [...kept.keys()], delete: async (name: string) => kept.delete(name) });
  vi.stubGlobal("navigator", { serviceWorker: { getRegistrations: async () => [{ unregister }] } });

  await forget();

  for (const shelf of SHELVES) expect(await all(shelf)).toEqual([]);
  expect(localStorage.length + sessionStorage.length).toBe(0);
  expect(kept.size).toBe(0);
  expect(unregister).toHaveBeenCalledOnce();

  // What was still at work on the page brings nothing back.
  expect(await put("outbox", "late", "secret")).toBe(false);
  expect(await indexedDB.databases()).toEqual([]);
  vi.unstubAllGlobals();
});
