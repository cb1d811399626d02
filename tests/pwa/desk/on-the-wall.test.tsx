import { signOut } from "@src/desk/account";
import { ToWall, useWall, WallLine } from "@src/desk/on-the-wall";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aLive, aQuestion } from "../makers";
import { button, draw } from "../questions/page";
import { aServer, type Server } from "../safety/server";

let server: Server;
let main: HTMLElement;

function Desk() {
  const wall = useWall({ id: "s1", code: "QRTX2" });
  return (
    <>
      <WallLine wall={wall} code="QRTX2" />
      <ToWall question="q1" wall={wall} />
    </>
  );
}

beforeEach(async () => {
  await destroy();
  let current: string | null = null;
  server = await aServer(({ method, body }) => {
    if (method === "PUT") current = (JSON.parse(body) as { question: string | null }).question;
    const answer = method === "PUT" ? { question: current } : aLive(3, { current, questions: [aQuestion("q1", 2)] });
    return { status: 200, body: answer };
  });
  await hold({ access: "a1", refresh: "r1" });
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

test("a question is put on the wall and taken off, and the desk says which is there", async () => {
  main = draw(<Desk />);
  await expect.poll(() => main.textContent).toContain("No question is on the wall.");
  button(main, "Put on the wall").click();
  await expect.poll(() => main.querySelector("[role=status]")?.textContent).toBe("On the wall now Question q1");
  button(main, "Take off the wall").click();
  await expect.poll(() => main.querySelector("[role=status]")?.textContent).toBe("No question is on the wall.");

  const puts = server.writes().map(({ method, path, body }) => [method, path, JSON.parse(body)]);
  expect(puts.slice(0, 2)).toEqual([
    ["PUT", "/api/v1/desk/sessions/s1/current/", { question: "q1" }],
    ["PUT", "/api/v1/desk/sessions/s1/current/", { question: null }],
  ]);
});
