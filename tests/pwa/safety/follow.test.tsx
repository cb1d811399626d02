import { all, destroy } from "@src/lib/store";
import { useFollowing } from "@src/safety/follow";
import { expect, test, vi } from "vitest";
import { draw } from "../questions/page";
import { aServer } from "./server";

// The pretended browser knows no secure contexts; real ones are tested in real engines.
vi.hoisted(() => Object.defineProperty(globalThis, "isSecureContext", { value: true }));

const ID = "7c1a9d52-4e0b-4f6a-9b1e-2d3c4b5a6978";

function Follower() {
  useFollowing(ID);
  return null;
}

test("everybody asks for the same: a challenge and the notes, whether they have a question here or not", async () => {
  await destroy();
  const server = await aServer(({ path }) =>
    path.includes("/notes/")
      ? { status: 200, body: { version: 1, notes: [] } }
      : { status: 200, body: { type: "none" } },
  );
  draw(<Follower />);
  const requests = () => server.seen.map(({ method, path }) => `${method} ${path}`).sort();
  const expected = [`GET /api/v1/proofs/?act=ask&session=${ID}`, `GET /api/v1/sessions/${ID}/notes/`];
  await expect.poll(requests).toEqual(expected);
  expect((await all("receipts")).length).toBe(0);
  await server.close();
});
