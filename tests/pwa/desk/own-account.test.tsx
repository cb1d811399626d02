import { me, signIn, signOut } from "@src/desk/account";
import { OwnAccount } from "@src/desk/own-account";
import { destroy } from "@src/lib/store";
import type { Me } from "@src/lib/wire";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../questions/page";
import { aServer, type Reply, type Server } from "../safety/server";

const ME: Me = { id: "p1", email: "o@example.org", name: "Olu", roles: [], surgeon: null } as unknown as Me;

let server: Server;
let main: HTMLElement;
let name: string;
let password: string;
let refuse: Reply | null;

beforeEach(async () => {
  await destroy();
  [name, password, refuse] = ["Olu", "right", null];
  server = await aServer(({ method, path, body }) => {
    const sent = JSON.parse(body || "{}");
    if (path.endsWith("/token/"))
      return sent.password === password
        ? { status: 200, body: { access: "a", refresh: "r" } }
        : { status: 401, body: { code: "wrong-sign-in", detail: "Wrong." } };
    if (path.endsWith("/revoke/")) return { status: 204 };
    if (method === "PATCH" && refuse) return refuse;
    if (method === "PATCH") {
      name = sent.name ?? name;
      password = sent.password ?? password;
    }
    return { status: 200, body: { ...ME, name } };
  });
  await signIn("o@example.org", "right", false);
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

const box = (kind: string) => main.querySelector<HTMLInputElement>(`input[autocomplete="${kind}"]`);
const said = () => [...main.querySelectorAll("[role=alert]")].map((one) => one.textContent);
/** The page is drawn again with what was typed. */
const drawn = () => new Promise((done) => setTimeout(done, 50));

async function opened(person = ME): Promise<void> {
  main = draw(<OwnAccount person={person} />);
  await expect.poll(() => box("name")?.value).toBe("Olu");
}

async function typed(present: string, next: string): Promise<void> {
  type(box("current-password"), present);
  await drawn();
  type(box("new-password"), next);
  await drawn();
}

test("somebody takes another name", async () => {
  await opened();
  type(box("name"), " Olumide ");
  await drawn();
  button(main, "Keep this name").click();

  await expect.poll(() => main.textContent).toContain("You are Olumide now.");
  expect(me()?.name).toBe("Olumide");
});

test("another password ends every sign-in but the one here", async () => {
  await opened();
  await typed("right", "three quiet words");
  button(main, "Change the password").click();

  await expect.poll(() => main.textContent).toContain("Your password is changed.");
  const writes = server.writes().map(({ method, body }) => [method, JSON.parse(body || "{}")]);
  expect(writes.slice(-2)).toEqual([
    ["PATCH", { password: "three quiet words", current_password: "right" }],
    ["POST", { email: "o@example.org", password: "three quiet words" }],
  ]);
  expect(box("new-password")?.value).toBe("");
});

test("a wrong present password is said there, a weak new one there", async () => {
  await opened();
  await typed("wrong", "three quiet words");
  refuse = { status: 401, body: { code: "wrong-sign-in", detail: "The password is another." } };
  button(main, "Change the password").click();
  await expect.poll(said).toEqual(["The password is another."]);
  expect(box("current-password")?.getAttribute("aria-invalid")).toBe("true");
  await drawn();

  const errors = [{ attr: "password", code: "short", detail: "Too short." }];
  refuse = { status: 400, body: { code: "invalid", detail: "No.", errors } };
  button(main, "Change the password").click();
  await expect.poll(said).toEqual(["Too short."]);
  expect(box("new-password")?.getAttribute("aria-invalid")).toBe("true");
});

test("whoever came by a link alone has no password to change", async () => {
  await opened({ ...ME, email: "" });
  expect(main.textContent).toContain("You came by a link and have no password.");
  expect(box("new-password")).toBeNull();
});
