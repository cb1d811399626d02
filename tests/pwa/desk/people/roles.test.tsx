import { signOut } from "@src/desk/account";
import { byPerson, Roles } from "@src/desk/people/roles";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import type { HeldRole } from "@src/lib/wire";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw } from "../../questions/page";
import { aServer, type Server } from "../../safety/server";

const ann = { id: "a", name: "Ann", email: "ann@example.org" };
const ben = { id: "b", name: "Ben", email: "ben@example.org" };
const cal = { id: "c", name: "Cal", email: "" };
const aRole = (id: string, account: HeldRole["account"], some: Partial<HeldRole> = {}): HeldRole => ({
  id,
  account,
  role: "moderator",
  session: null,
  until: null,
  me: account === ann,
  ...some,
});
const HELD = [
  aRole("r3", cal, {
    session: { id: "s1", code: "QRTX2", title: "Privacy" },
    until: "2026-11-22T18:00:00Z",
  }),
  aRole("r2", ben, { role: "surgeon" }),
  aRole("r1", ann, { role: "organiser" }),
  aRole("r4", ben),
];

let server: Server;
let main: HTMLElement;

test("everybody is named once, with all they do, organisers first", () => {
  const found = byPerson(HELD).map(({ account, roles }) => [account.name, roles.map(({ role }) => role)]);

  expect(found).toEqual([
    ["Ann", ["organiser"]],
    ["Ben", ["moderator", "surgeon"]],
    ["Cal", ["moderator"]],
  ]);
});

beforeEach(async () => {
  await destroy();
  let held = HELD;
  server = await aServer(({ method, path }) => {
    if (path.endsWith("/me/"))
      return { status: 200, body: { id: "a", email: "ann@example.org", name: "Ann", roles: [], surgeon: null } };
    if (path.endsWith("password-links/"))
      return {
        status: 201,
        body: { id: "i1", url: "https://day.example/invite#abc", expires: "2026-11-29T09:00:00Z" },
      };
    if (method === "DELETE") {
      held = held.filter(({ id }) => !path.endsWith(`/${id}/`));
      return { status: 204 };
    }
    return { status: 200, body: { next: null, previous: null, results: held } };
  });
  await hold({ access: "a1", refresh: "r1" });
  const { lookWho } = await import("@src/desk/account");
  await lookWho();
  main = draw(<Roles event="leeds" zone="UTC" onMade={() => undefined} />);
  await expect.poll(() => main.textContent).toContain("Cal");
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

test("a role is taken away once that is said twice", async () => {
  main.querySelector<HTMLButtonElement>('[aria-label="Take away: Ben, surgeon"]')?.click();
  await expect.poll(() => main.textContent).toContain("Take this role away from Ben?");
  expect(server.writes()).toEqual([]);
  button(main, "Yes, take it away").click();

  await expect.poll(() => main.textContent).toContain("Ben no longer has this role.");
  expect(server.writes().map(({ method, path }) => [method, path])).toEqual([
    ["DELETE", "/api/v1/desk/events/leeds/roles/r2/"],
  ]);
});

test("the last organiser cannot be taken away, and is told why", () => {
  expect(main.querySelector('[aria-label="Take away: Ann, organiser"]')).toBeNull();
  expect(main.textContent).toContain("The last organiser stays");
});

test("who helps in one session is shown with it and until when", () => {
  expect(main.textContent).toContain("moderator, only in “Privacy”, until Sun 22 Nov 18:00");
  expect(main.querySelector('[aria-label="New way in for Cal"]')).toBeNull();
});

test("a new way in is a link that is told once", async () => {
  main.querySelector<HTMLButtonElement>('[aria-label="New way in for Ben"]')?.click();

  await expect.poll(() => main.querySelector("code")?.textContent).toBe("https://day.example/invite#abc");
  expect(JSON.parse(server.writes()[0]?.body ?? "")).toEqual({ account: "b" });
  button(main, "Put it away").click();
  await expect.poll(() => main.querySelector("code")).toBeNull();
});
