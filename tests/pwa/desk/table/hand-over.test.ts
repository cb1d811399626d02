import type { Colleague } from "@src/desk/bench-calls";
import { fitting } from "@src/desk/table/hand-over";
import { expect, test } from "vitest";

const aColleague = (id: string, some: Partial<Colleague> = {}): Colleague => ({
  id,
  name: id,
  roles: ["surgeon"],
  lead: false,
  at: null,
  ...some,
});
const ALL = [
  aColleague("away"),
  aColleague("door", { roles: ["door"] }),
  aColleague("here", { at: "table 2" }),
  aColleague("helping organiser", { roles: ["organiser"], at: "" }),
];
const ids = (what: "person" | "question") => fitting(ALL, what).map(({ id }) => id);

test("a person goes to somebody who is here, whatever their role", () => {
  expect(ids("person")).toEqual(["here", "helping organiser"]);
});

test("a question goes to anybody who answers, those who are here first", () => {
  expect(ids("question")).toEqual(["here", "helping organiser", "away"]);
});
