import { me, signOut } from "@src/desk/account";
import { useDraft } from "@src/desk/draft";
import { Gate } from "@src/desk/gate";
import { all, destroy } from "@src/lib/store";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../questions/page";
import { aServer, type Reply, type Seen, type Server } from "../safety/server";

let server: Server;
const PERSON = { id: "p1", email: "ann@example.org", name: "Ann", roles: [], surgeon: null };

/** Somebody on the same network has guessed. */
let guessed = false;
const CHALLENGE = {
  parameters: {
    algorithm: "PBKDF2/SHA-256",
    nonce: "00",
    salt: "00",
    cost: 1,
    keyLength: 32,
    keyPrefix: "0",
  },
  signature: "00",
};

const answers = ({ path, body }: Seen): Reply => {
  if (path.endsWith("/me/")) return { status: 200, body: PERSON };
  if (path.endsWith("/revoke/")) return { status: 204 };
  if (path.endsWith("/challenge/")) return { status: 200, body: CHALLENGE };
  if (guessed && !(JSON.parse(body) as { proof?: object }).proof)
    return { status: 429, body: { code: "slow-down", detail: "Please wait." }, headers: { "Retry-After": "60" } };
  return (JSON.parse(body) as { password: string }).password === "right"
    ? { status: 200, body: { access: "a1", refresh: "r1" } }
    : {
        status: 401,
        body: { code: "wrong-sign-in", detail: "These do not belong together." },
        headers: { "Retry-After": "4" },
      };
};

function Notes() {
  const draft = useDraft("notes", "");
  return <textarea value={draft.value ?? ""} onInput={(event) => draft.write(event.currentTarget.value)} />;
}
const app = () => draw(<Gate>{() => <Notes />}</Gate>);

async function signIn(main: HTMLElement, password: string): Promise<void> {
  await expect.poll(() => main.querySelector("input[type=email]")).not.toBeNull();
  type(main.querySelector("input[type=email]"), "ann@example.org");
  type(main.querySelector("input[type=password]"), password);
  await new Promise((done) => setTimeout(done, 20));
  button(main, "Sign in").click();
}

beforeEach(async () => {
  guessed = false;
  await destroy();
  server = await aServer(answers);
});
afterEach(async () => {
  await signOut();
  await server.close();
});

test("a wrong password is said with how long to wait, and the e-mail stays", async () => {
  const main = app();
  await signIn(main, "wrong");
  await expect
    .poll(() => main.querySelector("[role=alert]")?.textContent)
    .toBe("These do not belong together. Please wait 4 seconds, then try again.");
  expect(main.querySelector<HTMLInputElement>("input[type=email]")?.value).toBe("ann@example.org");
});

test("somebody else's guesses keep nobody out: the work is brought unseen", async () => {
  guessed = true;
  const main = app();
  await signIn(main, "right");
  await expect.poll(() => main.querySelector("textarea")).not.toBeNull();
  const tries = server.seen.filter(({ path }) => path.endsWith("/token/")).map(({ body }) => JSON.parse(body));
  const work = JSON.parse(atob(tries[1].proof.payload)) as { challenge: object; solution: { derivedKey: string } };
  expect([tries.length, tries[0].proof, work.challenge]).toEqual([2, undefined, CHALLENGE]);
  expect(work.solution.derivedKey.startsWith("0")).toBe(true);
});

test("what a browser fills in before the phone was read is not lost", async () => {
  let main = document.body;
  // Once this returns the phone is being read.
  await act(() => {
    main = draw(<Notes />);
  });
  type(main.querySelector("textarea"), "filled in at once");
  await new Promise((done) => setTimeout(done, 50));
  expect(main.querySelector("textarea")?.value).toBe("filled in at once");
});

test("no password is kept anywhere, and no token without the tick", async () => {
  const main = app();
  await signIn(main, "right");
  await expect.poll(() => main.querySelector("textarea")).not.toBeNull();
  await expect.poll(() => all("drafts")).toEqual([]);
  expect([me()?.name, await all("desk")]).toEqual(["Ann", []]);
});

test("what was typed outlives signing out", async () => {
  const main = app();
  await signIn(main, "right");
  await expect.poll(() => main.querySelector("textarea")).not.toBeNull();
  type(main.querySelector("textarea"), "half an answer");
  await signOut();
  await expect.poll(() => main.querySelector("textarea")).toBeNull();
  expect(server.seen.some(({ path, body }) => path.endsWith("/revoke/") && body.includes("r1"))).toBe(true);
  await signIn(main, "right");
  await expect.poll(() => main.querySelector("textarea")?.value).toBe("half an answer");
});
