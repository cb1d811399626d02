import { destroy } from "@src/lib/store";
import { keepDraft, takeDrafts } from "@src/threads/draft";
import { beforeEach, expect, test } from "vitest";

beforeEach(destroy);

test("each reply of a session has its own draft, and other sessions have theirs", async () => {
  await keepDraft("s1", "", "a beginning");
  await keepDraft("s1", "c1", "a reply");
  await keepDraft("s2", "", "elsewhere");
  expect([...(await takeDrafts("s1"))]).toEqual([
    ["", "a beginning"],
    ["c1", "a reply"],
  ]);
});

test("an emptied draft is not kept", async () => {
  await keepDraft("s1", "c1", "a reply");
  await keepDraft("s1", "c1", "");
  expect((await takeDrafts("s1")).size).toBe(0);
});
