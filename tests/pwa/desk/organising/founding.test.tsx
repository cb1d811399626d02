import { signIn, signOut } from "@src/desk/account";
import { bodyOf, Founding, slugOf, wrongWith } from "@src/desk/organising/founding";
import { place } from "@src/lib/router";
import { destroy } from "@src/lib/store";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../../questions/page";
import { aServer, type Reply, type Server } from "../../safety/server";

const FORM = {
  title: "Spring surgery",
  date: "2090-07-20",
  from: "10:00",
  to: "16:00",
  venue: " Library ",
  zone: "Europe/London",
  slug: "spring",
};
const ME = { id: "p1", email: "o@example.org", name: "Olu", roles: [], surgeon: null };

let server: Server;
let main: HTMLElement;
let made: Reply;

beforeEach(async () => {
  await destroy();
  made = { status: 201, body: { slug: "spring-surgery" } };
  server = await aServer(({ method, path }) => {
    if (path.endsWith("/token/")) return { status: 200, body: { access: "a", refresh: "r" } };
    if (path.endsWith("/revoke/")) return { status: 204 };
    if (method === "POST" && path.endsWith("/events/")) return made;
    return { status: 200, body: ME };
  });
  await signIn("o@example.org", "right", false);
  main = draw(<Founding />);
  await expect.poll(() => main.textContent).toContain("A new day");
  button(main, "A new day").click();
  await expect.poll(() => main.querySelector("form")).not.toBeNull();
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

const fields = () => [...main.querySelectorAll("input")];
const sent = () => server.writes().filter(({ path }) => path.endsWith("/events/"));

async function filled(): Promise<void> {
  const [title, date] = fields();
  type(title ?? null, "Spring surgery!");
  await expect.poll(() => fields().at(-1)?.value).toBe("spring-surgery");
  type(date ?? null, "2090-07-20");
  await new Promise((done) => setTimeout(done, 50));
}

test("an address is made of a title", () => {
  expect(slugOf("  Frühling: Spring surgery, Leeds! ")).toBe("fruhling-spring-surgery-leeds");
  expect(slugOf("…")).toBe("");
});

test("times go out as moments on the clock of the venue", () => {
  expect(bodyOf(FORM)).toEqual({
    title: "Spring surgery",
    slug: "spring",
    venue: "Library",
    timezone: "Europe/London",
    starts: "2090-07-20T09:00:00Z",
    ends: "2090-07-20T15:00:00Z",
  });
});

test("what is missing, or no zone, or ends before it starts, is said at its field", () => {
  expect(wrongWith(FORM)).toEqual({});
  expect(Object.keys(wrongWith({ ...FORM, title: " ", slug: "" }))).toEqual(["title", "slug"]);
  expect(Object.keys(wrongWith({ ...FORM, zone: "Leeds" }))).toEqual(["zone"]);
  expect(wrongWith({ ...FORM, to: "09:00" })).toEqual({ to: "It ends before it starts." });
});

test("a day is made of a title and a date, and its desk opens", async () => {
  await filled();
  button(main, "Make the draft").click();

  await expect.poll(() => place.value.path).toBe("/desk/spring-surgery/people");
  expect(place.value.hash).toBe("day");
  expect(JSON.parse(sent()[0]?.body ?? "")).toMatchObject({ title: "Spring surgery!", slug: "spring-surgery" });
});

test("an address that is taken is said at the address, and nothing typed is lost", async () => {
  made = { status: 409, body: { code: "slug-taken", detail: "Another event has this address." } };
  await filled();
  button(main, "Make the draft").click();

  await expect.poll(() => main.querySelector("[role=alert]")?.textContent).toBe("Another event has this address.");
  expect(fields()[0]?.value).toBe("Spring surgery!");
});
