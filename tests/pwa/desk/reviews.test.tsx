import { signIn, signOut } from "@src/desk/account";
import type { BenchReview } from "@src/desk/bench-calls";
import { Reviews } from "@src/desk/reviews";
import { forgetToUndo, undoables } from "@src/desk/undoing";
import { go } from "@src/lib/router";
import { destroy } from "@src/lib/store";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../questions/page";
import { aServer, type Reply, type Seen, type Server } from "../safety/server";
import { aReview } from "./bench";

const LEAD = { id: "p2", name: "Olive", roles: ["organiser"], lead: true };
const PERSON = {
  id: "p1",
  email: "sam@example.org",
  name: "Sam",
  roles: [{ role: "moderator", event: { id: "e1", slug: "leeds", code: "L", title: "Leeds" } }],
  surgeon: null,
};
const DESK = {
  event: { id: "e1", slug: "leeds", timezone: "Europe/London" },
  roles: ["moderator"],
  counts: { held: 2, approved: 0 },
  sessions: [{ id: "s1", code: "x7k2", title: "Blogs", review: "before", held: 2, shown: 1 }],
};

let server: Server;
let rows: Partial<Record<string, BenchReview[]>>;
let refuse: Reply | null;

const page = (results: unknown[] = []) => ({ status: 200, body: { next: null, previous: null, results } });

function answers({ method, path, body }: Seen): Reply {
  if (path.endsWith("/token/")) return { status: 200, body: { access: "a", refresh: "r" } };
  if (path.endsWith("/revoke/")) return { status: 204 };
  if (path.endsWith("/me/")) return { status: 200, body: PERSON };
  if (path.endsWith("/colleagues/"))
    return { status: 200, body: [LEAD, { ...PERSON, roles: ["moderator"], lead: false }] };
  if (path.endsWith("/desk/events/leeds/")) return { status: 200, body: DESK };
  if (path.includes("/reviews/?")) {
    const asked = new URLSearchParams(path.split("?")[1]);
    return page(rows[asked.get("lane") ?? asked.get("state") ?? ""]);
  }
  if (method !== "POST") return { status: 404, body: {} };
  if (refuse) return refuse;
  const [, id = "", act = ""] = /reviews\/(\w+)\/(\w+)\//.exec(path) ?? [];
  const sent = JSON.parse(body || "{}") as Record<string, unknown>;
  if (act === "similar") return { status: 200, body: { done: 3 } };
  const state = { show: "shown", return: "returned", hide: "hidden", merge: "merged" }[act] ?? "held";
  return { status: 200, body: { ...aReview(id, { state } as Partial<BenchReview>), ...sent, act: `line-${id}` } };
}

beforeEach(async () => {
  await destroy();
  rows = { held: [aReview("a"), aReview("b", { text: "Another one" })] };
  refuse = null;
  server = await aServer(answers);
  go("/desk/leeds/reviews");
  await signIn("sam@example.org", "right", false);
});
afterEach(async () => {
  for (const { line } of undoables("leeds")) forgetToUndo(line);
  // It listens for keys as long as it is there.
  render(null, document.querySelector("main") as HTMLElement);
  await signOut();
  await server.close();
});

async function opened(): Promise<HTMLElement> {
  const main = draw(<Reviews event="leeds" />);
  await expect.poll(() => main.querySelector("article")?.textContent).toBeTruthy();
  await drawn();
  return main;
}
/** Keys are heard once the page has been drawn. */
const drawn = () => new Promise((done) => setTimeout(done, 50));
const key = (name: string) => dispatchEvent(new KeyboardEvent("keydown", { key: name }));
const posted = (part: string) => server.writes().filter(({ path }) => path.includes(part));
const bodyOf = (part: string) => JSON.parse(posted(part)[0]?.body ?? "null") as unknown;

test("a decision can be undone by one key, which says where it goes back to", async () => {
  const main = await opened();
  key("1");
  await expect.poll(() => main.textContent).toContain("Shown. Everybody can see it now.");
  await expect.poll(() => main.querySelector(".undo")?.textContent).toContain("Undo takes it back to “Waiting”");
  expect(main.querySelector("article")?.textContent).toContain("Another one");

  key("u");
  await expect.poll(() => main.textContent).toContain("Undone. It is in “Waiting” again.");
  expect(posted("/acts/line-a/undo/").length).toBe(1);
  expect([main.querySelector(".undo"), main.querySelectorAll(".queue-item").length]).toEqual([null, 2]);
});

test("an undoing that comes too late is said and offered no more", async () => {
  const main = await opened();
  key("1");
  await expect.poll(() => main.querySelector(".undo")).not.toBeNull();
  await drawn();
  refuse = { status: 409, body: { code: "too-late-to-undo", detail: "It is too late." } };
  key("u");
  await expect.poll(() => main.querySelector("[role=alert]")?.textContent).toBe("It is too late.");
  expect(main.querySelector(".undo")).toBeNull();
});

test("a question is joined with another after both were read", async () => {
  rows.shown = [aReview("c", { state: "shown", text: "Which one is it?", votes: 5 })];
  const main = await opened();
  key("4");
  await expect.poll(() => main.querySelector("input[type=radio]")).not.toBeNull();
  type(main.querySelector("input[type=search]"), "which");
  await expect.poll(() => main.querySelectorAll("input[type=radio]").length).toBe(1);
  expect(button(main, "Join them").disabled).toBe(true);
  main.querySelector<HTMLInputElement>("input[type=radio]")?.click();
  await expect.poll(() => main.querySelector(".both")?.textContent).toContain("Question a");
  expect(main.querySelector(".both")?.textContent).toContain("Which one is it?");
  button(main, "Join them").click();
  await expect.poll(() => main.textContent).toContain("Joined.");
  expect(bodyOf("/reviews/a/merge/")).toEqual({ seen: "held", into: "c" });
});

test("a private reply that was shown to the safety lead stands there with its writer, whatever was decided", async () => {
  const note = { state: "returned", text: "Ask somebody else.", by: "Robin" } as const;
  rows.care = [aReview("a", { state: "returned", owner: LEAD, opened: note })];
  go("/desk/leeds/reviews#care");
  const main = await opened();
  await expect.poll(() => main.querySelector("blockquote")?.textContent).toBe("Ask somebody else.");
  expect(main.textContent).toContain("Robin wrote:");
  button(main, "Done").click();
  await expect.poll(() => bodyOf("/reviews/a/care/")).toEqual({ care: false });
});

test("in the care lane it says whose it is, and one tap takes it", async () => {
  rows.care = [aReview("a", { care: true, owner: LEAD })];
  go("/desk/leeds/reviews#care");
  const main = await opened();
  await expect.poll(() => main.querySelector("article")?.textContent).toContain("With the safety lead, Olive");
  expect(main.querySelector("article")?.textContent).toContain("May need a kind, quick answer");

  key("t");
  await expect.poll(() => main.textContent).toContain("It is with you now.");
  expect(bodyOf("/reviews/a/claim/")).toEqual({ to: "p1", seen: "p2" });
  button(main, "Done").click();
  await expect.poll(() => main.textContent).toContain("Take a moment for yourself too.");
  expect(bodyOf("/reviews/a/care/")).toEqual({ care: false });
});

test("what was reported says how often and why, and can be let stand", async () => {
  rows.reported = [
    aReview("a", {
      state: "shown",
      folded: true,
      reports: [
        { reason: "unkind", count: 2 },
        { reason: "other", count: 1 },
      ],
    }),
  ];
  go("/desk/leeds/reviews#reported");
  const main = await opened();
  expect(main.querySelector("article")?.textContent).toContain("2 say unkind · 1 for another reason");
  button(main, "Let it stand").click();
  await expect.poll(() => main.textContent).toContain("It stands.");
  expect(bodyOf("/reviews/a/keep/")).toEqual({});
});
