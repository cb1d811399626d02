import { signOut } from "@src/desk/account";
import { Rehearsal } from "@src/desk/organising/rehearsal";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import type { EventDay } from "@src/lib/wire";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw } from "../../questions/page";
import { aServer, type Server } from "../../safety/server";

let server: Server;
const day = (rehearsal: boolean) => ({ slug: "leeds", rehearsal, closed: false }) as EventDay;
const show = (event: EventDay) => draw(<Rehearsal event={event} again={async () => undefined} />);

beforeEach(async () => {
  await destroy();
  server = await aServer(() => ({ status: 200, body: { rehearsal: true } }));
  await hold({ access: "a1", refresh: "r1" });
});
afterEach(async () => {
  await signOut();
  await server.close();
});

test("a rehearsal is begun in one press", async () => {
  const main = show(day(false));
  button(main, "Begin a rehearsal").click();

  await expect.poll(() => main.textContent).toContain("The rehearsal has begun.");
  expect(JSON.parse(server.writes()[0]?.body ?? "")).toEqual({ on: true });
});

test("it is ended once what is deleted was read", async () => {
  const main = show(day(true));
  button(main, "End the rehearsal").click();
  await expect.poll(() => main.textContent).toContain("delete every question, comment, vote, booking");
  expect(server.writes()).toEqual([]);
  button(main, "Yes, end it and delete them").click();

  await expect.poll(() => main.textContent).toContain("What was sent in it is deleted.");
  expect(JSON.parse(server.writes()[0]?.body ?? "")).toEqual({ on: false });
});

test("a day that cannot be rehearsed says why", async () => {
  server.answer = () => ({ status: 409, body: { code: "wrong-state", detail: "This day has begun." } });
  const main = show(day(false));
  button(main, "Begin a rehearsal").click();

  await expect.poll(() => main.textContent).toContain("This day has begun.");
});
