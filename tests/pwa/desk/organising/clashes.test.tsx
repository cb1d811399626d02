import { ClashList, saidOf } from "@src/desk/organising/clashes";
import type { Clashes } from "@src/desk/organising/plan-calls";
import type { StaffCopy } from "@src/desk/reading";
import { expect, test } from "vitest";
import { button, draw } from "../../questions/page";

const SESSIONS = [
  { id: "s1", code: "AAAAA", title: "Photos", starts: "2026-11-22T10:00:00Z", ends: "2026-11-22T11:00:00Z" },
  { id: "s2", code: "BBBBB", title: "Names", starts: "2026-11-22T10:30:00Z", ends: "2026-11-22T11:30:00Z" },
];
const read = (some: object) =>
  ({ value: undefined, at: 0, standing: "fresh", problem: null, etag: null, ...some }) as unknown as StaffCopy<Clashes>;

test("a clash is said in one sentence, by a room or by a surgeon", () => {
  expect(saidOf({ kind: "room", what: "Blue room" })).toBe("Two sessions in Blue room at once");
  expect(saidOf({ kind: "surgeon", what: "Ada" })).toBe("Ada is at two sessions at once");
});

test("both sessions of a clash are opened from it, with their times at the venue", () => {
  const opened: string[] = [];
  const clashes = [{ kind: "room", what: "Blue room", sessions: SESSIONS }];
  const main = draw(
    <ClashList copy={read({ value: { clashes } })} zone="Europe/London" onOpen={(id) => opened.push(id)} />,
  );

  button(main, "Photos, 10:00 to 11:00").click();
  button(main, "Names, 10:30 to 11:30").click();

  expect(opened).toEqual(["s1", "s2"]);
});

test.each([
  ["nothing is wrong", { value: { clashes: [] } }, "No room and no surgeon is in two places at once."],
  ["there is no signal", { standing: "offline" }, "Offline: clashes are looked for again with the connection."],
  ["the server fails", { standing: "trouble" }, "Clashes could not be looked for just now."],
  ["it is being asked", { standing: "loading" }, ""],
])("the list says so where %s", (_, copy, words) => {
  expect(draw(<ClashList copy={read(copy)} zone="UTC" onOpen={() => undefined} />).textContent).toBe(words);
});
