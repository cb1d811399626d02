import { learnSurgeon, signOut } from "@src/desk/account";
import { Photo, wrongWith } from "@src/desk/photo";
import { hold } from "@src/desk/tokens";
import { destroy } from "@src/lib/store";
import type { OwnSurgeon } from "@src/lib/wire";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw } from "../questions/page";
import { aServer, type Server } from "../safety/server";

const ANN = {
  id: "s1",
  name: "Ann Lee",
  headline: "",
  pronouns: "",
  about: "",
  labels: [],
  links: [],
  public: [],
  published: true,
  photo: null,
} as unknown as OwnSurgeon;

let server: Server;
let main = document.createElement("main");

beforeEach(async () => {
  await destroy();
  server = await aServer(({ method }) => (method === "PUT" ? { status: 200, body: ANN } : { status: 204 }));
  await hold({ access: "a1", refresh: "r1" });
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

test.each([
  ["a small JPEG", { size: 10, type: "image/jpeg" }, null],
  [
    "a drawing",
    { size: 10, type: "image/svg+xml" },
    "This is not a photo we can read. Please choose a JPEG, PNG or WebP.",
  ],
  [
    "a huge one",
    { size: 9_000_000, type: "image/png" },
    "This photo is bigger than 8 MB. Please choose a smaller one.",
  ],
])("before anything is sent, %s is looked at", (_, file, said) => {
  expect(wrongWith(file)).toBe(said);
});

test("a chosen photo is seen before it is sent, and sent as it is", async () => {
  main = draw(<Photo surgeon={ANN} onChange={learnSurgeon} />);
  expect(main.querySelector(".face")?.textContent).toBe("AL");
  const field = main.querySelector<HTMLInputElement>("input[type=file]");
  Object.defineProperty(field, "files", { value: [new File(["photo"], "me.png", { type: "image/png" })] });
  field?.dispatchEvent(new Event("change", { bubbles: true }));
  await expect.poll(() => main.querySelector("img")?.src).toMatch(/^data:image\/png/);
  expect(server.writes()).toEqual([]);
  button(main, "Use this photo").click();

  await expect.poll(() => main.textContent).toContain("Your photo is kept.");
  const [sent] = server.writes();
  expect([sent?.method, sent?.path, sent?.headers["content-type"], sent?.body]).toEqual([
    "PUT",
    "/api/v1/surgeons/s1/photo/",
    "image/png",
    "photo",
  ]);
});
