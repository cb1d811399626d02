import { signOut } from "@src/desk/account";
import { ChangeForm } from "@src/desk/change-form";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import type { Answer } from "@src/lib/wire";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../questions/page";
import { aServer, type Reply, type Server } from "../safety/server";

const FIRST = "Ask at the door.";
const given = (text: string) => ({ id: "a1", text, edited: false, spoken: false }) as Answer;

let server: Server;
let main: HTMLElement;
let [stands, version, build, away] = [FIRST, 1, "b1", false];
let done: string[];

const etag = () => `"${version}-${build}-i"`;

function somebodyElse(text: string) {
  stands = text;
  version += 1;
}

beforeEach(async () => {
  await destroy();
  [stands, version, build, away, done] = [FIRST, 1, "b1", false, []];
  server = await aServer(({ method, headers, body }): Reply => {
    if (away) return "hang up";
    if (method === "PATCH") {
      if (headers["if-match"] !== etag())
        return { status: 412, body: { code: "changed-meanwhile", detail: "Somebody changed this in the meantime." } };
      somebodyElse(JSON.parse(body).text);
    }
    return { status: 200, body: given(stands), headers: { ETag: etag(), "Cache-Control": "no-store" } };
  });
  await hold({ access: "a1", refresh: "r1" });
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

const box = () => main.querySelector("textarea");
const drawn = () => new Promise((ready) => setTimeout(ready, 50));
const changes = () => server.writes().filter(({ method }) => method === "PATCH");

async function opened({ answer = given(FIRST), sealed = false } = {}): Promise<void> {
  main = draw(
    <ChangeForm answer={answer} sealed={sealed} onDone={(said) => done.push(said)} onClose={() => undefined} />,
  );
  await expect.poll(box).toBeTruthy();
  await drawn();
}

async function saved(text: string): Promise<void> {
  type(box(), text);
  await drawn();
  button(main, "Save the change").click();
}

test("a change names what was read", async () => {
  await opened();
  await saved("Ask at the desk.");
  await expect.poll(() => done).toEqual(["Your change is shown."]);
  expect(changes().map(({ headers }) => headers["if-match"])).toEqual(['"1-b1-i"']);
});

test("where somebody else was first, theirs are shown, nothing typed is lost, and saving again replaces them", async () => {
  await opened();
  somebodyElse("Ask Olu.");
  await saved("Ask at the desk.");
  await expect.poll(() => main.textContent).toContain("Ask Olu.");
  expect(main.querySelector("[role=alert], .error")?.textContent).toContain("in the meantime");
  expect(box()?.value).toBe("Ask at the desk.");
  expect([stands, done]).toEqual(["Ask Olu.", []]);

  button(main, "Save the change").click();
  await expect.poll(() => done).toEqual(["Your change is shown."]);
  expect(stands).toBe("Ask at the desk.");
});

test("one may go on from the words of whoever was first", async () => {
  await opened();
  somebodyElse("Ask Olu.");
  await saved("Ask at the desk.");
  await expect.poll(() => main.textContent).toContain("Ask Olu.");
  button(main, "Go on from these words").click();
  await expect.poll(() => box()?.value).toBe("Ask Olu.");
  expect(main.textContent).not.toContain("after you began");
});

test("a change begun another day is over what stood there then", async () => {
  await opened();
  type(box(), "Ask at the desk.");
  await drawn();
  render(null, main);
  somebodyElse("Ask Olu.");

  await opened({ answer: given("Ask Olu.") });
  expect(box()?.value).toBe("Ask at the desk.");
  button(main, "Save the change").click();
  await expect.poll(() => main.textContent).toContain("Somebody else changed this answer after you began.");
  expect(stands).toBe("Ask Olu.");
});

test("a change that was opened and left alone begins anew the next time", async () => {
  await opened();
  render(null, main);
  somebodyElse("Ask Olu.");

  await opened({ answer: given("Ask Olu.") });
  await saved("Ask Olu at the desk.");
  await expect.poll(() => done).toEqual(["Your change is shown."]);
  expect(changes()).toHaveLength(1);
});

test("the present words are there to be changed where the list was behind", async () => {
  somebodyElse("Ask Olu.");
  await opened();
  await expect.poll(() => box()?.value).toBe("Ask Olu.");
  expect(main.textContent).not.toContain("after you began");
});

test("opened without a network, it is read before it is sent", async () => {
  away = true;
  await opened();
  type(box(), "Ask at the desk.");
  await drawn();
  somebodyElse("Ask Olu.");
  away = false;
  button(main, "Save the change").click();
  await expect.poll(() => main.textContent).toContain("Ask Olu.");
  expect(changes()).toEqual([]);
  expect(box()?.value).toBe("Ask at the desk.");
});

test("a newer version of the server is nobody who was first", async () => {
  await opened();
  build = "b2";
  await saved("Ask at the desk.");
  await expect.poll(() => done).toEqual(["Your change is shown."]);
  expect(stands).toBe("Ask at the desk.");
});

test("of sealed words it is said that others went out, not which", async () => {
  stands = "";
  await opened({ answer: given(""), sealed: true });
  version += 1;
  await saved("Only for you.");
  await expect.poll(() => main.textContent).toContain("Its words are not kept here.");
  button(main, "Save the change").click();
  await expect.poll(() => done).toEqual(["Your answer is on its way to the one phone that can open it."]);
});
