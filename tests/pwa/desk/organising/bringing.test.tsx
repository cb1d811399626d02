import { signOut } from "@src/desk/account";
import { asSchedule, Bringing } from "@src/desk/organising/bringing";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import type { EventDay } from "@src/lib/wire";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw } from "../../questions/page";
import { aServer, type Server } from "../../safety/server";

let server: Server;
let main: HTMLElement;
let read = 0;

const CHANGES = [
  { kind: "session", change: "added", count: 201, lines: [{ title: "Knots", differs: [] }] },
  {
    kind: "session",
    change: "changed",
    count: 1,
    lines: [{ title: "Photos", differs: [{ field: "room", was: "", now: "Blue" }] }],
  },
  { kind: "room", change: "added", count: 0, lines: [] },
];

beforeEach(async () => {
  await destroy();
  read = 0;
  server = await aServer(({ path }) => ({
    status: 200,
    headers: { etag: '"7"' },
    body: { changes: CHANGES, warnings: ["One line had no title."], applied: path.endsWith("apply=true") },
  }));
  await hold({ access: "a1", refresh: "r1" });
  main = draw(
    <Bringing
      event={{ slug: "leeds" } as EventDay}
      onApplied={() => {
        read += 1;
      }}
    />,
  );
});
afterEach(async () => {
  await signOut();
  await server.close();
});

function choose(file: File): void {
  const field = main.querySelector<HTMLInputElement>("input[type=file]") as HTMLInputElement;
  Object.defineProperty(field, "files", { value: [file], configurable: true });
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
const schedule = () => new File(["<schedule/>"], "day.XML");

async function looked(): Promise<void> {
  choose(schedule());
  await expect.poll(() => main.textContent).toContain("See what would change");
  button(main, "See what would change").click();
}

test("a file shows first what it would change, and changes it once that is wanted", async () => {
  await looked();
  await expect.poll(() => main.textContent).toContain("This would change");
  expect(main.textContent).toContain("201 new sessions");
  expect(main.textContent).toContain("and 200 more");
  expect(main.textContent).toContain("room: nothing → Blue");
  expect(main.textContent).toContain("One line had no title.");
  expect(main.textContent).not.toContain("new room");
  expect(read).toBe(0);

  button(main, "Apply these changes").click();
  await expect.poll(() => main.textContent).toContain("Done. The programme is as the file says.");
  expect(read).toBe(1);
  const sent = server
    .writes()
    .map(({ path, headers }) => [path.split("?")[1], headers["content-type"], headers["if-match"]]);
  expect(sent).toEqual([
    ["apply=false", "application/xml", undefined],
    ["apply=true", "application/xml", '"7"'],
  ]);
});

test("what changed meanwhile is looked at again before it is applied", async () => {
  await looked();
  await expect.poll(() => main.textContent).toContain("This would change");
  server.answer = () => ({ status: 412, body: { code: "changed-meanwhile", detail: "Somebody changed this." } });
  button(main, "Apply these changes").click();

  await expect.poll(() => main.textContent).toContain("Somebody changed this.");
  expect(button(main, "See what would change")).toBeTruthy();
  expect(read).toBe(0);
});

test("a file that is refused says where it is wrong, and stays chosen", async () => {
  const errors = [{ attr: "event 3", code: "bad-schedule", detail: "It has no start." }];
  server.answer = () => ({
    status: 400,
    body: { code: "bad-schedule", detail: "This file cannot be imported.", errors },
  });
  await looked();

  await expect.poll(() => main.textContent).toContain("This file cannot be imported.");
  expect(main.textContent).toContain("event 3: It has no start.");
  expect(button(main, "See what would change")).toBeTruthy();
});

test("without a signal the file stays chosen", async () => {
  server.answer = () => "hang up";
  await looked();

  await expect.poll(() => main.textContent).toContain("the file is still chosen");
  expect(button(main, "See what would change")).toBeTruthy();
});

test("a look at changes can be cancelled", async () => {
  await looked();
  await expect.poll(() => main.textContent).toContain("This would change");
  button(main, "Cancel").click();

  await expect.poll(() => main.textContent).not.toContain("This would change");
  expect(server.writes()).toHaveLength(1);
});

test("a file is known by the end of its name", () => {
  expect((asSchedule(new File(["{}"], "day.json")) as Blob).type).toBe("application/json");
  expect(asSchedule(new File(["x"], "day.pdf"))).toContain("no XML or JSON");
});
