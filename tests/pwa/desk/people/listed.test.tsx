import { signIn, signOut } from "@src/desk/account";
import { Listed } from "@src/desk/people/listed";
import { destroy } from "@src/lib/store";
import type { EventDay, OwnSurgeon } from "@src/lib/wire";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw } from "../../questions/page";
import { aServer, type Server } from "../../safety/server";

const ANN: OwnSurgeon = {
  id: "ann",
  name: "Ann",
  headline: "",
  labels: [],
  photo: null,
  pronouns: "",
  about: "",
  links: [],
  sessions: [],
  published: false,
  public: [],
  owned: false,
};
const ME = { id: "p1", email: "o@example.org", name: "Olu", roles: [], surgeon: null };

let server: Server;
let main: HTMLElement;
let listed: OwnSurgeon[];

beforeEach(async () => {
  await destroy();
  server = await aServer(({ method, path, body }) => {
    if (path.endsWith("/token/")) return { status: 200, body: { access: "a", refresh: "r" } };
    if (path.endsWith("/revoke/")) return { status: 204 };
    if (path.endsWith("/me/")) return { status: 200, body: ME };
    if (method === "PATCH") {
      listed = listed.map((one) => ({ ...one, ...JSON.parse(body) }));
      return { status: 200, body: listed[0] };
    }
    if (method === "DELETE") {
      listed = [];
      return { status: 204 };
    }
    if (path.endsWith("/desk/surgeons/ann/")) return { status: 200, body: listed[0] };
    return { status: 200, body: { next: null, previous: null, results: listed } };
  });
  await signIn("o@example.org", "right", false);
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

async function opened(some: Partial<OwnSurgeon>): Promise<void> {
  listed = [{ ...ANN, ...some }];
  main = draw(<Listed event={{ id: "e1", slug: "leeds" } as EventDay} />);
  await expect.poll(() => main.querySelectorAll("li").length).toBe(1);
}
const writes = () =>
  server
    .writes()
    .filter(({ path }) => path.includes("/surgeons/"))
    .map(({ method, path, body }) => [method, path, JSON.parse(body || "null")]);
const names = () => [...main.querySelectorAll("li button")].map((one) => one.textContent);

test("whoever was listed by name is edited and published here, once they said yes", async () => {
  await opened({});
  expect(names()).toEqual(["Edit", "Publish", "Remove"]);
  button(main, "Edit").click();
  await expect.poll(() => main.textContent).toContain("In one line: what can people come to you with?");
  button(main, "Publish").click();
  await expect.poll(() => main.textContent).toContain("Please do so only if they said yes to it.");
  expect(writes()).toEqual([]);
  button(main, "Yes, they said yes").click();

  await expect.poll(() => main.textContent).toContain("Everybody can read the profile of Ann now.");
  expect(writes()).toEqual([["PATCH", "/api/v1/surgeons/ann/", { published: true }]]);
  await expect.poll(names).toContain("Take down");
});

test("whoever signs in is only taken down, as their words are their own", async () => {
  await opened({ owned: true, published: true });
  expect(names()).toEqual(["Take down", "Remove"]);
  button(main, "Take down").click();
  await expect.poll(() => main.textContent).toContain("Only they can publish it again.");
  button(main, "Yes, take it down").click();
  await expect.poll(writes).toEqual([["PATCH", "/api/v1/surgeons/ann/", { published: false }]]);
  await expect.poll(names).toEqual(["Remove"]);
});

test("a surgeon is taken off the day once that is said twice", async () => {
  await opened({});
  button(main, "Remove").click();
  await expect.poll(() => main.textContent).toContain("Remove Ann from this day and all its sessions?");
  expect(writes()).toEqual([]);
  button(main, "Yes, take them off").click();
  await expect.poll(() => main.textContent).toContain("Ann is no longer a surgeon of this day.");
  expect(writes()).toEqual([["DELETE", "/api/v1/events/leeds/surgeons/ann/", null]]);
  await expect.poll(() => main.textContent).toContain("No surgeon is listed yet");
});
