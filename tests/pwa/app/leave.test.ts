import { leave, leftBefore, watchForWaking } from "@src/app/leave";
import { watchShift } from "@src/app/shift";
import { EXITS, set, settings } from "@src/lib/settings";
import { put, take } from "@src/lib/store";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let went: string[];
beforeEach(() => {
  went = [];
  vi.spyOn(location, "replace").mockImplementation((to) => {
    went.push(String(to));
  });
  document.documentElement.removeAttribute("data-left");
  set({ mineHidden: false });
  sessionStorage.clear();
});
afterEach(() => vi.useRealTimers());

describe("leaving quickly", () => {
  test("hides the page at once, wipes drafts, hides My questions, keeps the outbox", async () => {
    await put("drafts", "s1", "half a question");
    await put("outbox", "q1", "waits");

    leave();

    expect(document.documentElement.hasAttribute("data-left")).toBe(true);
    expect(document.title).toBe("…");
    expect(settings.value.mineHidden).toBe(true);
    await vi.waitUntil(() => went.length === 1);
    expect(went).toEqual([EXITS[0]]);
    expect(await take("drafts", "s1")).toBeUndefined();
    expect(await take("outbox", "q1")).toBe("waits");
  });

  test("stays away when somebody comes back by the Back button, not when they open the app again", async () => {
    leave();
    await vi.waitUntil(() => went.length === 1);

    expect(leftBefore(true)).toBe(true);
    expect(leftBefore(true)).toBe(true);
    expect(leftBefore(false)).toBe(false);
    expect(leftBefore(true)).toBe(false);
  });
});

test("a tab leaves when another one has forgotten this phone", async () => {
  watchForWaking();
  dispatchEvent(new StorageEvent("storage", { key: "equalterms" }));
  expect([went, document.documentElement.hasAttribute("data-left")]).toEqual([[], false]);

  dispatchEvent(new StorageEvent("storage", { key: null }));
  expect([went, document.documentElement.hasAttribute("data-left")]).toEqual([[EXITS[0]], true]);
});

describe("Shift three times", () => {
  const shift = () => {
    dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));
    dispatchEvent(new KeyboardEvent("keyup", { key: "Shift" }));
  };
  let said: string[];
  let stop: () => void;
  beforeEach(() => {
    said = [];
    stop = watchShift((text) => said.push(text));
  });
  afterEach(() => stop());

  test("leaves, and says how many presses are left", async () => {
    shift();
    shift();
    shift();

    expect(said).toEqual(["Shift, press 2 more times to leave.", "Shift, press 1 more time to leave."]);
    await vi.waitUntil(() => went.length === 1);
  });

  test("does not leave while somebody types capitals, or when they are slow", async () => {
    vi.useFakeTimers();
    shift();
    dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));
    dispatchEvent(new KeyboardEvent("keydown", { key: "A" }));
    dispatchEvent(new KeyboardEvent("keyup", { key: "Shift" }));
    shift();
    vi.advanceTimersByTime(6000);
    shift();
    shift();

    expect(went).toEqual([]);
    expect(document.documentElement.hasAttribute("data-left")).toBe(false);
  });
});
