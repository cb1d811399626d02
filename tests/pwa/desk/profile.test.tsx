import { signOut } from "@src/desk/account";
import { ProfileForm } from "@src/desk/profile";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import type { OwnSurgeon } from "@src/lib/wire";
import { render } from "preact";
import { afterEach, expect, test } from "vitest";
import { button, draw, type } from "../questions/page";
import { aServer, type Server } from "../safety/server";

const ANN: OwnSurgeon = {
  id: "ann",
  name: "Ann",
  headline: "",
  labels: [],
  photo: null,
  pronouns: "",
  about: "",
  links: [],
  sessions: [],
  published: false,
  public: [],
  owned: false,
};

let server: Server;
let main: HTMLElement;

afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

test("a profile is changed over what was read, and what somebody else wrote is said", async () => {
  await destroy();
  let [kept, version] = [ANN, 1];
  server = await aServer(({ method, headers, body }) => {
    const tag = { ETag: `"${version}"`, "Cache-Control": "no-store" };
    if (method === "GET") return { status: 200, body: kept, headers: tag };
    if (headers["if-match"] !== `"${version}"`)
      return { status: 412, body: { code: "changed-meanwhile", detail: "Somebody changed this in the meantime." } };
    kept = { ...kept, ...JSON.parse(body || "{}") };
    return { status: 200, body: kept, headers: tag };
  });
  await hold({ access: "a1", refresh: "r1" });
  main = draw(<ProfileForm surgeon={ANN} onChange={() => undefined} />);
  await expect.poll(() => server.seen.length).toBe(1);
  const name = () => main.querySelector<HTMLInputElement>('form input:not([type="checkbox"])');
  await expect.poll(() => name()?.value).toBe("Ann");
  type(name(), "Ann Lee");
  await expect.poll(() => main.textContent).toContain("Not saved yet.");
  [kept, version] = [{ ...ANN, name: "Annie" }, 2];
  button(main, "Save").click();

  await expect.poll(() => main.textContent).toContain("Name, now: Annie");
  expect(name()?.value).toBe("Ann Lee");
  button(main, "Save").click();
  await expect.poll(() => kept.name).toBe("Ann Lee");
});
