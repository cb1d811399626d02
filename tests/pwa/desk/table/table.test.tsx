import { signIn, signOut } from "@src/desk/account";
import type { Person, TableNow } from "@src/desk/table/calls";
import { TablePage } from "@src/desk/table/table-page";
import { go } from "@src/lib/router";
import { destroy } from "@src/lib/store";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../../questions/page";
import { aServer, type Reply, type Seen, type Server } from "../../safety/server";

const EVENT = { id: "e1", slug: "leeds", code: "L", title: "Leeds" };
const SURGEON = { id: "su1", name: "Sam", published: true };
const ME = {
  id: "p1",
  email: "s@example.org",
  name: "Sam",
  roles: [{ role: "surgeon", event: EVENT }],
  surgeon: SURGEON,
};
const SESSION = { id: "s1", code: "x7k2", title: "Blogs" };
const aPerson = (ticket: number, some: Partial<Person> = {}): Person => ({
  id: `b${ticket}`,
  ticket,
  labels: ["Photos"],
  state: "called",
  remote: false,
  session: SESSION,
  ...some,
});
const QUESTION = {
  id: "q1",
  text: "How do I start?",
  warning: "",
  votes: 2,
  audience: "everyone",
  answers: [],
  session: SESSION,
};

let server: Server;
let now: TableNow;
let main: HTMLElement;
let refuse: Reply | null;
let line: Person[];

function answers({ method, path, body }: Seen): Reply {
  if (path.endsWith("/token/")) return { status: 200, body: { access: "a", refresh: "r" } };
  if (path.endsWith("/revoke/")) return { status: 204 };
  if (path.endsWith("/me/")) return { status: 200, body: ME };
  if (path.endsWith("/stream")) return { status: 503, body: {} };
  if (path.includes("/questions/?")) return { status: 200, body: { next: null, previous: null, results: [] } };
  if (path.endsWith("/colleagues/"))
    return {
      status: 200,
      body: [ME, { id: "p2", name: "Ada" }].map((one) => ({ ...one, roles: ["surgeon"], lead: false, at: "" })),
    };
  if (path.endsWith("/table/")) return { status: 200, body: now };
  if (method === "GET") return { status: 404, body: {} };
  if (refuse) return refuse;
  const sent = JSON.parse(body || "{}");
  if (path.endsWith("/presence/")) {
    now = { ...now, presence: sent };
    return { status: 200, body: sent };
  }
  if (path.endsWith("/take/")) {
    const person = line.shift();
    if (!person) return { status: 404, body: { code: "nothing-waits", detail: "Nobody waits." } };
    now = { ...now, people: [...now.people, person] };
    return { status: 200, body: { person, question: null } };
  }
  now = { ...now, people: [] };
  return { status: 200, body: {} };
}

beforeEach(async () => {
  await destroy();
  refuse = null;
  line = [aPerson(412)];
  now = {
    presence: { state: "here", place: "table 3" },
    labels: ["Photos"],
    people: [],
    questions: [],
    waiting: [
      { label: "Photos", people: 2 },
      { label: "", people: 1 },
    ],
    next: { people: 3, questions: 0 },
  };
  server = await aServer(answers);
  go("/desk/leeds/table");
  await signIn("s@example.org", "right", false);
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

async function opened(): Promise<void> {
  main = draw(<TablePage event="leeds" />);
  await expect.poll(() => main.textContent).toContain("Who comes next");
}
/** The page is drawn again with what was typed. */
const drawn = () => new Promise((done) => setTimeout(done, 50));
const next = () => [...main.querySelectorAll<HTMLButtonElement>(".next")][0] as HTMLButtonElement;
const writes = (part: string) => server.writes().filter(({ path }) => path.includes(part));
const bodyOf = (part: string) => JSON.parse(writes(part)[0]?.body ?? "null") as unknown;

test("it says where one is, and how many wait for what", async () => {
  await opened();
  expect(main.textContent).toContain("You are: here, table 3");
  expect(next().textContent).toBe("Next person3 fit you");
  expect(main.textContent).toContain("Photos: 2");
  expect(main.textContent).toContain("no label: 1");
});

test("the next person's number stands there, big and in focus, and Done ends it", async () => {
  await opened();
  next().click();
  await expect.poll(() => document.activeElement?.textContent).toBe("Number 412");
  expect(bodyOf("/take/")).toEqual({ what: "person", any: false });
  expect(main.textContent).toContain("Number 412 is called to you.");
  expect(main.querySelector("article")?.textContent).toContain("In the room");
  button(main, "Done").click();
  await expect.poll(() => document.activeElement?.textContent).toBe("Undo");
  expect(writes("/served/")).toEqual([]);
  await expect.poll(() => main.textContent, { timeout: 10_000 }).toContain("Number 412 is done. The number is free");
  await expect.poll(() => main.querySelector(".taken")).toBeNull();
  expect(writes("/bookings/b412/served/").length).toBe(1);
}, 15_000);

test("Done can be taken back for some seconds, and nothing is sent", async () => {
  now = { ...now, people: [aPerson(412)] };
  await opened();
  button(main, "Done").click();
  await expect.poll(() => main.textContent).toContain("Number 412 is done");
  button(main, "Undo").click();
  await expect.poll(() => main.textContent).toContain("Number 412 is still with you.");
  render(null, main);
  await drawn();
  expect(writes("/served/")).toEqual([]);
});

test("Done is sent at once where the page closes before its seconds are over", async () => {
  now = { ...now, people: [aPerson(412)] };
  await opened();
  button(main, "Done").click();
  await expect.poll(() => main.textContent).toContain("Undo");
  dispatchEvent(new Event("pagehide"));
  await expect.poll(() => writes("/bookings/b412/served/").length).toBe(1);
  render(null, main);
  await drawn();
  expect(writes("/served/").length).toBe(1);
});

test("where nobody waits it is said kindly, and Anyone is offered", async () => {
  line = [];
  await opened();
  next().click();
  await expect.poll(() => main.textContent).toContain("Nobody who fits your labels waits just now.");
  await expect.poll(() => button(main, "Anyone").getAttribute("aria-busy")).toBeNull();
  button(main, "Anyone").click();
  await expect.poll(() => main.textContent).toContain("Nobody waits just now.");
  expect(main.querySelector("[role=alert]")).toBeNull();
});

test("what somebody else did meanwhile is no fault", async () => {
  now = { ...now, people: [aPerson(412)] };
  await opened();
  refuse = { status: 409, body: { code: "already-taken", detail: "Ada has it." } };
  button(main, "Back in the line").click();
  await expect.poll(() => main.textContent).toContain("This was changed meanwhile");
  expect(main.querySelector("[role=alert]")).toBeNull();
});

test("going away with somebody at the table asks first", async () => {
  now = { ...now, people: [aPerson(412)] };
  await opened();
  button(main, "Away").click();
  await expect.poll(() => main.textContent).toContain("goes back into the line");
  expect(writes("/presence/").length).toBe(0);
  button(main, "Go, put them back").click();
  await expect.poll(() => main.textContent).toContain("You are: away");
  expect(bodyOf("/presence/")).toEqual({ state: "away", place: "" });
});

test("a place that was typed stays through a reload, and is sent with the state", async () => {
  now = { ...now, presence: { state: "away", place: "" } };
  await opened();
  type(main.querySelector("form.place input"), "window");
  await expect.poll(() => main.querySelector<HTMLInputElement>("form.place input")?.value).toBe("window");
  render(null, main);
  await opened();
  await expect.poll(() => main.querySelector<HTMLInputElement>("form.place input")?.value).toBe("window");
  button(main, "Here").click();
  await expect.poll(() => main.textContent).toContain("You are: here, window");
  expect(bodyOf("/presence/")).toEqual({ state: "here", place: "window" });
});

test("not being there is asked twice, as the number ends with it", async () => {
  now = { ...now, people: [aPerson(412)] };
  await opened();
  button(main, "Not here").click();
  await expect.poll(() => main.textContent).toContain("Take number 412 out of the line for good?");
  button(main, "Yes, take them out").click();
  await expect.poll(() => writes("/bookings/b412/left/").length).toBe(1);
});

test("somebody from home gets a sealed word, kept until it is sent", async () => {
  now = { ...now, people: [aPerson(412, { remote: true })] };
  await opened();
  expect(main.querySelector("article")?.textContent).toContain("From home");
  button(main, "Send a word").click();
  await expect.poll(() => main.querySelector("article textarea")).not.toBeNull();
  type(main.querySelector("article textarea"), "I call you in five minutes.");
  await drawn();
  button(main, "Send it").click();
  await expect.poll(() => main.textContent).toContain("Your word is on its way to their phone.");
  expect(bodyOf("/word/")).toEqual({ text: "I call you in five minutes." });
});

test("somebody is handed to another surgeon by name", async () => {
  now = { ...now, people: [aPerson(412)] };
  await opened();
  button(main, "Hand over").click();
  await expect.poll(() => main.querySelectorAll("article option").length).toBe(2);
  const menu = main.querySelector<HTMLSelectElement>("article select") as HTMLSelectElement;
  menu.value = "p2";
  menu.dispatchEvent(new Event("change", { bubbles: true }));
  await expect.poll(() => button(main, "Hand it over").disabled).toBe(false);
  button(main, "Hand it over").click();
  await expect.poll(() => main.textContent).toContain("It is with Ada now.");
  expect(bodyOf("/bookings/b412/hand/")).toEqual({ to: "p2" });
});

test("a question that was taken can be answered aloud, with a line", async () => {
  now = { ...now, questions: [QUESTION as unknown as TableNow["questions"][number]] };
  await opened();
  button(main, "Answered aloud").click();
  await expect.poll(() => main.querySelector<HTMLInputElement>("article input[type=checkbox]")?.checked).toBe(true);
  type(main.querySelector("article textarea"), "Start small.");
  await drawn();
  button(main, "Send the answer").click();
  await expect.poll(() => main.textContent).toContain("Your answer is shown.");
  expect(bodyOf("/questions/q1/answers/")).toEqual({ text: "Start small.", spoken: true });
});

test("no signal changes nothing, and says so", async () => {
  await opened();
  refuse = "hang up";
  next().click();
  await expect
    .poll(() => main.querySelector("[role=alert]")?.textContent)
    .toBe("That did not reach the server. Nothing has changed; please try again.");
});
