import { signOut } from "@src/desk/account";
import { keepDraft } from "@src/desk/draft";
import { InvitePage } from "@src/desk/invite-page";
import { destroy } from "@src/lib/store";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../questions/page";
import { aServer, type Server } from "../safety/server";

let server: Server;
let main: HTMLElement;
const event = { id: "e1", slug: "leeds", title: "Leeds surgery" };
const session = { id: "s1", code: "QRTX2", title: "Privacy" };

async function open(invitation: Record<string, unknown>): Promise<void> {
  server.answer = ({ path }) => {
    if (path.endsWith("/look/")) return { status: 200, body: { event, name: "Ben", role: "moderator", ...invitation } };
    if (path.endsWith("/accept/")) return { status: 201, body: { access: "a1", refresh: "r1" } };
    return { status: 200, body: { id: "p1", email: null, name: "Ben", roles: [], surgeon: null } };
  };
  // The address is erased before the page is drawn: what it held waits on the phone.
  await keepDraft("invite", { token: "secret", email: "", name: "" });
  main = draw(<InvitePage />);
  await expect.poll(() => main.querySelector("form")).not.toBeNull();
}

const fields = () => [...main.querySelectorAll("label[for]")].map((one) => one.textContent);
const accepted = () => server.seen.filter(({ path }) => path.endsWith("/accept/")).map(({ body }) => JSON.parse(body));

beforeEach(async () => {
  await destroy();
  server = await aServer(() => ({ status: 503 }));
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

test("an invitation to a role asks for e-mail, name and password", async () => {
  await open({ kind: "role", session: null });

  expect(fields()).toEqual(["Your e-mail", "Your name", "Password"]);
});

test("a new way in asks for a password alone", async () => {
  await open({ kind: "password", session: null });
  expect([main.querySelector("h1")?.textContent, fields()]).toEqual(["A new password", ["Password"]]);
  type(main.querySelector("input[type=password]"), "three unrelated words");
  await new Promise((done) => setTimeout(done, 20));
  button(main, "Keep it and sign in").click();

  await expect.poll(accepted).toEqual([{ token: "secret", password: "three unrelated words" }]);
});

test("helping in one session asks for a name alone, and stays on this phone unless somebody objects", async () => {
  await open({ kind: "co-moderator", session });
  expect([main.querySelector("h1")?.textContent, fields()]).toEqual(["Help in “Privacy”", ["Your name"]]);
  expect(main.querySelector<HTMLInputElement>("input[type=checkbox]")?.checked).toBe(true);
  button(main, "Join and sign in").click();

  await expect.poll(accepted).toEqual([{ token: "secret", name: "Ben" }]);
});
