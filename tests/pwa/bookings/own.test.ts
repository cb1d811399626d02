import { hearLines, lines, ownPlaces, placeAt } from "@src/bookings/own";
import { set } from "@src/lib/settings";
import { all, destroy } from "@src/lib/store";
import { readKept } from "@src/safety/kept";
import { keep, type PlaceReceipt, type PlaceStanding } from "@src/safety/receipts";
import { beforeEach, expect, test } from "vitest";
import { SESSION } from "../questions/makers";
import { aPlace, oneLine } from "./makers";

beforeEach(async () => {
  await destroy();
  set({ mineHidden: false });
  lines.value = new Map();
});

const kept = async () => (await all<PlaceReceipt>("receipts")).map(([, receipt]) => receipt)[0];
const calling = (ticket: number, session = SESSION) => [oneLine({ session, called: [{ ticket, place: "table 3" }] })];

test.each(["held", "listed", "here"] as PlaceStanding[])(
  "a phone sees its own number among those called, which everybody reads: %s",
  async (standing) => {
    await keep(aPlace({ standing }));
    await hearLines(calling(412));
    expect(await kept()).toMatchObject({ standing: "called", note: "table 3" });
  },
);

test.each([
  ["another number", aPlace(), calling(413)],
  ["the same number at another session", aPlace(), calling(412, "other")],
  ["a number that was ours once", aPlace({ standing: "served" }), calling(412)],
])("%s is not our turn", async (_name, place, news) => {
  await keep(place);
  await hearLines(news);
  expect((await kept())?.standing).toBe(place.standing);
});

test("what a surgeon wrote with the call is not overwritten by the table's name", async () => {
  await keep(aPlace({ standing: "called", note: "By the window, please." }));
  await hearLines(calling(412));
  expect(await kept()).toMatchObject({ note: "By the window, please." });
});

test("lines that did not move stay as they were read", async () => {
  await hearLines([oneLine({ seats: "few" }), oneLine({ session: "other", seats: "full" })]);
  await hearLines([oneLine({ seats: "full" })]);
  expect([...lines.value.values()].map(({ seats }) => seats)).toEqual(["full", "full"]);
});

test("the place at a session is the one that still counts, and out of sight after leaving quickly", async () => {
  await keep(aPlace({ standing: "withdrawn", id: "1c1a9d52-4e0b-8f6a-9b1e-2d3c4b5a6978" }));
  await keep(aPlace());
  await readKept();
  expect(placeAt(SESSION)?.standing).toBe("held");

  set({ mineHidden: true });

  expect([placeAt(SESSION), ownPlaces()]).toEqual([undefined, []]);
});
