import { wordsOf } from "@src/desk/people/links";
import type { Invitation } from "@src/lib/wire";
import { expect, test } from "vitest";

const aLink = (some: Partial<Invitation>): Invitation => ({
  id: "i1",
  name: "Ben",
  role: "surgeon",
  kind: "role",
  session: null,
  until: null,
  expires: "2026-11-29T09:00:00Z",
  accepted: false,
  ...some,
});

test.each([
  ["a role", {}, "as surgeon"],
  ["a new password", { kind: "password" as const }, "to choose a new password"],
  [
    "one session",
    { kind: "co-moderator" as const, session: { id: "s1", code: "QRTX2", title: "Privacy" } },
    "to decide in “Privacy”",
  ],
])("a link for %s says so", (_, some, words) => {
  expect(wordsOf(aLink(some))).toBe(words);
});
