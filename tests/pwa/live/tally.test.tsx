import { copyOf } from "@src/lib/copies";
import { destroy, put } from "@src/lib/store";
import { TallyOf } from "@src/live/tally";
import { afterEach, beforeEach, expect, test } from "vitest";
import { draw } from "../questions/page";
import { aServer, type Server } from "../safety/server";

const few = { least: 0, most: 4 };
const some = { least: 5, most: 9 };
const PATH = (session: string) => `/api/v1/sessions/${session}/tally/`;
const tally = { shown: 12, answered: 1, comments: 8, returned: some, hidden: few, merged: few };

let server: Server;

beforeEach(async () => {
  await destroy();
  server = await aServer(() => ({ status: 200, body: tally }));
});
afterEach(() => server.close());

const lines = (main: Element) => [...main.querySelectorAll("li")].map((one) => one.textContent?.trim());

test("what became of what was sent is told in words, and roughly where a number could point at somebody", async () => {
  const main = draw(<TallyOf session="s1" />);
  await expect
    .poll(() => lines(main))
    .toEqual([
      "12 questions are shown. 1 has an answer.",
      "8 messages are in the talk.",
      "Between 5 and 9 were sent back, to be changed.",
      "Fewer than 5 were not shown, or taken down.",
      "Fewer than 5 were joined with another one that asks the same.",
    ]);
  expect(server.seen.map(({ method, path }) => [method, path])).toEqual([["GET", PATH("s1")]]);
});

test("with no network it is told as it was last read", async () => {
  server.answer = () => "hang up";
  await put("copies", PATH("s2"), { body: { ...tally, shown: 3, comments: 0 }, etag: null, at: 1 });
  const main = draw(<TallyOf session="s2" />);
  await expect.poll(() => copyOf(PATH("s2")).value.standing).toBe("offline");
  expect(lines(main)[0]).toBe("3 questions are shown. 1 has an answer.");
});

test("with no network, and never read, nothing is made up", async () => {
  server.answer = () => "hang up";
  const main = draw(<TallyOf session="s3" />);
  await expect.poll(() => copyOf(PATH("s3")).value.standing).toBe("offline");
  expect(main.textContent).toBe("");
});
