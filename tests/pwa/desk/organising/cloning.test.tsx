import { signOut } from "@src/desk/account";
import { Cloning } from "@src/desk/organising/cloning";
import { hold } from "@src/desk/tokens";
import { place } from "@src/lib/router";
import { destroy } from "@src/lib/store";
import type { EventDay } from "@src/lib/wire";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../../questions/page";
import { aServer, type Server } from "../../safety/server";

let server: Server;
let main: HTMLElement;

beforeEach(async () => {
  await destroy();
  server = await aServer(({ path }) =>
    path.endsWith("/me/")
      ? { status: 200, body: { id: "a", email: "", name: "Ann", roles: [], surgeon: null } }
      : { status: 201, body: { slug: "spring" } },
  );
  await hold({ access: "a1", refresh: "r1" });
  main = draw(<Cloning event={{ id: "e1", slug: "leeds" } as EventDay} />);
  await expect.poll(() => main.querySelectorAll("input").length).toBe(3);
});
afterEach(async () => {
  await signOut();
  await server.close();
});

async function filled(): Promise<void> {
  const values = ["Spring surgery", "Spring", "2027-03-20"];
  for (const [at, value] of values.entries()) {
    type(main.querySelectorAll("input")[at] ?? null, value);
    await expect.poll(() => main.querySelectorAll("input")[at]?.value.toLowerCase()).toBe(value.toLowerCase());
  }
  button(main, "Make the draft").click();
}

test("a day like it is made, and its desk opens", async () => {
  await filled();

  await expect.poll(() => place.value.path).toBe("/desk/spring/people");
  const [sent] = server.writes();
  expect(sent?.path).toBe("/api/v1/events/leeds/clone/");
  expect(JSON.parse(sent?.body ?? "")).toEqual({ title: "Spring surgery", slug: "spring", starts: "2027-03-20" });
});

test("an address that is taken is said at the address", async () => {
  server.answer = () => ({ status: 409, body: { code: "slug-taken", detail: "This address is taken." } });
  await filled();

  await expect.poll(() => main.querySelector("[role=alert]")?.textContent).toBe("This address is taken.");
  expect(main.querySelectorAll("input")[0]?.value).toBe("Spring surgery");
});

test("nothing is sent before all of it is filled in", async () => {
  button(main, "Make the draft").click();

  await expect.poll(() => main.querySelectorAll("[role=alert]").length).toBe(3);
  expect(server.writes()).toEqual([]);
});
