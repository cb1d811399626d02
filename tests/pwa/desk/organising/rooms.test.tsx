import { signOut } from "@src/desk/account";
import { Rooms } from "@src/desk/organising/rooms";
import type { StaffCopy } from "@src/desk/reading";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import type { EventDay } from "@src/lib/wire";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../../questions/page";
import { aServer, type Server } from "../../safety/server";

let server: Server;
let main: HTMLElement;
let read = 0;

beforeEach(async () => {
  await destroy();
  read = 0;
  server = await aServer(() => ({ status: 200, body: { id: "blue", name: "Red", about: "" } }));
  await hold({ access: "a1", refresh: "r1" });
  const event = { id: "e1", slug: "leeds", rooms: [{ id: "blue", name: "Blue", about: "" }] } as unknown as EventDay;
  const again = async () => {
    read += 1;
  };
  const copy = { value: event, etag: '"7"', again } as unknown as StaffCopy<EventDay>;
  main = draw(<Rooms event={event} copy={copy} onChange={() => undefined} />);
});
afterEach(async () => {
  await signOut();
  await server.close();
});

async function renamed(): Promise<void> {
  main.querySelector<HTMLButtonElement>('[aria-label="Rename Blue"]')?.click();
  await expect.poll(() => main.querySelector("input")?.value).toBe("Blue");
  type(main.querySelector("input"), "Red");
  await expect.poll(() => main.querySelector("input")?.value).toBe("Red");
  button(main, "Keep this name").click();
}

test("a room gets another name, over the day that was read", async () => {
  await renamed();

  await expect.poll(() => main.textContent).toContain("Saved.");
  const [sent] = server.writes();
  expect([sent?.method, sent?.path, sent?.headers["if-match"]]).toEqual(["PATCH", "/api/v1/rooms/blue/", '"7"']);
  expect(JSON.parse(sent?.body ?? "")).toEqual({ name: "Red" });
});

test("where somebody else was first, the day is read again and the name stays typed", async () => {
  server.answer = () => ({ status: 412, body: { code: "changed-meanwhile", detail: "Changed." } });
  await renamed();

  await expect.poll(() => main.textContent).toContain("Somebody else changed the day meanwhile.");
  expect(read).toBe(1);
  expect(main.querySelector("input")?.value).toBe("Red");
});

test("a room is removed once that is said twice", async () => {
  main.querySelector<HTMLButtonElement>('[aria-label="Remove Blue"]')?.click();
  await expect.poll(() => main.textContent).toContain("Remove Blue?");
  expect(server.writes()).toEqual([]);
  button(main, "Yes, remove it").click();

  await expect
    .poll(() => server.writes().map(({ method, path }) => [method, path]))
    .toEqual([["DELETE", "/api/v1/rooms/blue/"]]);
});
