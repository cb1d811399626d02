import { set } from "@src/lib/settings";
import { destroy } from "@src/lib/store";
import { PlacesHere } from "@src/live/places-here";
import { MinePage } from "@src/questions/mine-page";
import { keep, type Receipt } from "@src/safety/receipts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aPlace } from "../bookings/makers";
import { aLive } from "../makers";
import { aSession, SESSION } from "../questions/makers";
import { draw } from "../questions/page";
import { aServer, type Server } from "../safety/server";

vi.hoisted(() => vi.stubGlobal("isSecureContext", true));

let server: Server;
const place = aPlace();

beforeEach(async () => {
  await destroy();
  set({ mineHidden: false, quiet: true });
  const session = aSession({ id: SESSION, code: place.session.code, state: "cancelled" });
  server = await aServer(({ path }) => {
    if (path.endsWith("/notes/")) return { status: 200, body: { version: 1, notes: [] } };
    if (path.includes("/sessions/")) return { status: 200, body: aLive(1, { session }) };
    return { status: 200, body: { version: 3, lines: [], here: [], results: [] } };
  });
});
afterEach(() => server.close());

test("among one's places, one at a session that was cancelled says so without asking for the day", async () => {
  await keep(place as unknown as Receipt);
  const main = draw(<MinePage first={<PlacesHere />} />);

  await expect.poll(() => main.textContent).toContain("This session was cancelled, so nobody will be called there.");
  expect(main.querySelector(".ticket strong")).toBeNull();
});
