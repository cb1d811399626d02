import { signIn, signOut } from "@src/desk/account";
import { DoorPage } from "@src/desk/door/door-page";
import { go } from "@src/lib/router";
import { destroy } from "@src/lib/store";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../../questions/page";
import { aDoorServer, type DoorServer } from "./server";

const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const SESSION = {
  id: "s1",
  code: "x7k2",
  title: "Blogs",
  kind: "surgery",
  starts: soon(-10),
  ends: soon(50),
  room: "Hall",
  capacity: 20,
  seats: "full",
  held: 0,
  listed: 0,
  here: 20,
  heads: 7,
};

let server: DoorServer;
let main: HTMLElement;

async function opened(): Promise<void> {
  main = draw(<DoorPage event="leeds" />);
  await expect.poll(() => main.textContent).toContain("12 numbers are ready");
  await expect.poll(() => main.querySelector("select")).not.toBeNull();
}
const box = () => main.querySelector<HTMLInputElement>('input[inputmode="numeric"]');
async function find(number: string): Promise<void> {
  type(box(), number);
  await expect.poll(() => box()?.value).toBe(number);
  button(main, "Find").click();
}

beforeEach(async () => {
  await destroy();
  server = await aDoorServer();
  server.sessions = [
    { ...SESSION, id: "s2", title: "Late", starts: soon(300), ends: soon(360), seats: "open" },
    SESSION,
  ];
  go("/desk/leeds/door");
  await signIn("dora@example.org", "right", false);
  await opened();
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

test("somebody new has a number in one tap, for what is on now, and hears that it is full", async () => {
  expect(main.querySelector("select")?.value).toBe("s1");
  expect(main.textContent).toContain("20 here · room for 20 · full");
  button(main, "Give a number").click();
  await expect.poll(() => main.querySelector(".door-given")?.textContent).toContain("400");
  await expect.poll(() => server.done).toEqual(["gave t400"]);
  expect(document.activeElement?.textContent).toBe("Number 400");
  button(main, "Next, please").click();
  await expect.poll(() => button(main, "Give a number")).toBeTruthy();
});

test("the number on the screen is still there after a reload", async () => {
  button(main, "Give a number").click();
  await expect.poll(() => main.querySelector(".door-given")).not.toBeNull();
  render(null, main);
  main = draw(<DoorPage event="leeds" />);
  await expect.poll(() => main.querySelector(".door-given")?.textContent).toContain("400");
});

test("whoever has a place is found by number and checked in", async () => {
  await find("512");
  await expect.poll(() => main.querySelector("article")?.textContent).toContain("A place is kept for them");
  expect(document.activeElement?.textContent).toBe("Number 512");
  button(main, "Check in").click();
  await expect.poll(() => main.textContent).toContain("Number 512 is here now. It is for: Blogs");
  expect([server.done, box()?.value]).toEqual([["arrived 512"], ""]);
});

test("nothing is listed: only the number that was typed is asked for", async () => {
  await find("512");
  await expect.poll(() => main.querySelector("article")).not.toBeNull();
  const reads = server.seen.filter(({ method, path }) => method === "GET" && path.includes("tickets"));
  expect(reads.map(({ path }) => path)).toEqual(["/api/v1/desk/events/e1/tickets/?ticket=512"]);
});

test("with no signal it says honestly where the check-in is", async () => {
  server.mode = "down";
  await find("512");
  await expect
    .poll(() => main.textContent)
    .toContain("Checked in on this phone. We will hear about it when there is signal.");
  await expect.poll(() => main.textContent).toContain("1 thing you did waits on this phone.");
  server.mode = "up";
  dispatchEvent(new Event("online"));
  await expect.poll(() => main.textContent).toContain("Heard now: number 512 has come.");
  expect(main.textContent).toContain("Everything is sent.");
});

test("what is no number is said at the box", async () => {
  await find("12");
  await expect
    .poll(() => main.querySelector("[role=alert]")?.textContent)
    .toBe("A ticket number has three or four digits.");
});

test("heads are counted by big buttons, and sent when the tapping ends", async () => {
  go("/desk/leeds/door#heads");
  await expect.poll(() => main.querySelector('[aria-label="One more"]')).not.toBeNull();
  const more = main.querySelector<HTMLButtonElement>('[aria-label="One more"]');
  for (let n = 0; n < 3; n += 1) {
    more?.click();
    await expect.poll(() => main.querySelector(".door-number")?.textContent).toBe(String(n + 1));
  }
  await expect.poll(() => server.done).toEqual(["counted 3"]);
  expect(main.textContent).toContain("At all doors together, here: 7");
});
