import { signIn, signOut } from "@src/desk/account";
import { Day } from "@src/desk/day";
import { useStaff } from "@src/desk/reading";
import { EditSession } from "@src/desk/session-form";
import { API } from "@src/lib/http";
import { destroy } from "@src/lib/store";
import type { Desk, EventDay, SessionCard } from "@src/lib/wire";
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../questions/page";
import { aServer, type Reply, type Seen, type Server } from "../safety/server";

const DAY = {
  id: "e1",
  slug: "leeds",
  title: "Leeds",
  tagline: "",
  venue: "Library",
  about: "",
  state: "published",
  timezone: "Europe/London",
  language: "en-GB",
  proof: true,
  starts: "2026-07-22T09:00:00Z",
  ends: "2026-07-22T17:00:00Z",
  review: "before",
  mixing: "off",
  help_lines: [],
  help_reviewed: null,
  join_code: false,
  minutes: 20,
  rooms: [],
  sessions: [],
};
const DESK = { safety_lead: null, keep_days: 30, labels: ["photos"] };
const SESSION = {
  id: "s1",
  title: "Photos",
  subtitle: "",
  track: "",
  language: "",
  links: [],
  kind: "surgery",
  starts: "2026-07-22T09:00:00Z",
  ends: "2026-07-22T10:00:00Z",
  room: null,
  about: "",
  capacity: null,
  review: "before",
  surgeons: [],
  state: "planned",
};
const ME = { id: "p1", email: "o@example.org", name: "Olu", roles: [], surgeon: null };

let server: Server;
let main: HTMLElement;
/** The version on the server; what reads it gets its tag, and what changes it must name it. */
let version: number;
let day: typeof DAY;
let desk: typeof DESK;
let session: typeof SESSION;

/** Refuses what was changed over an older version, as the server does. */
function changed<T extends object>(kept: T, { headers, body }: Seen, put: (next: T) => void): Reply {
  if (headers["if-match"] !== `"${version}"`)
    return {
      status: 412,
      body: {
        code: "changed-meanwhile",
        detail: "Somebody changed this in the meantime. Please look at it again.",
        errors: [{ attr: "If-Match", code: "current", detail: `"${version}"` }],
      },
    };
  version += 1;
  put({ ...kept, ...JSON.parse(body) });
  return { status: 200, body: { ...kept, ...JSON.parse(body) }, headers: { ETag: `"${version}"` } };
}

function answers(seen: Seen): Reply {
  const { method, path } = seen;
  const headers = { ETag: `"${version}"`, "Cache-Control": "no-store" };
  if (path.endsWith("/token/")) return { status: 200, body: { access: "a", refresh: "r" } };
  if (path.endsWith("/revoke/")) return { status: 204 };
  if (path.endsWith("/me/")) return { status: 200, body: ME };
  if (path.endsWith("/colleagues/")) return { status: 200, body: [] };
  if (path.includes("/surgeons/")) return { status: 200, body: { next: null, previous: null, results: [] } };
  if (method === "PATCH" && path.includes("/sessions/"))
    return changed(session, seen, (next) => {
      session = next;
    });
  if (method === "PATCH")
    return changed(day, seen, (next) => {
      day = next;
    });
  if (path.includes("/desk/sessions/")) return { status: 200, body: session, headers };
  if (path.endsWith("/day/")) return { status: 200, body: day, headers };
  return { status: 200, body: desk };
}

beforeEach(async () => {
  await destroy();
  [version, day, desk, session] = [7, DAY, DESK, SESSION];
  server = await aServer(answers);
  await signIn("o@example.org", "right", false);
  server.seen.length = 0;
});
afterEach(async () => {
  render(null, main);
  await signOut();
  await server.close();
});

function WholeDay() {
  const copy = useStaff<EventDay>(`${API}/desk/events/leeds/day/`);
  const settings = useStaff<Desk>(`${API}/desk/events/leeds/`);
  return copy.value && settings.value ? <Day event={copy.value} copy={copy} settings={settings} /> : null;
}

const field = (label: string) =>
  main.querySelector<HTMLInputElement>(
    `#${CSS.escape([...main.querySelectorAll("label")].find((one) => one.textContent === label)?.htmlFor ?? "none")}`,
  );
const value = (label: string) => field(label)?.value;
const bodies = () => server.writes().map(({ body }) => JSON.parse(body) as unknown);

test("what a colleague changed in the settings beside the day is read again, and said at its field", async () => {
  main = draw(<WholeDay />);
  await expect.poll(() => value("Days until private things are deleted")).toBe("30");
  type(field("Days until private things are deleted"), "60");
  await expect.poll(() => main.textContent).toContain("Not saved yet.");
  [version, desk, day] = [8, { ...DESK, keep_days: 14 }, { ...DAY, venue: "Town hall" }];
  button(main, "Save").click();

  await expect.poll(() => main.textContent).toContain("Days until private things are deleted, now: 14");
  await expect.poll(() => value("Where")).toBe("Town hall");
  expect(value("Days until private things are deleted")).toBe("60");
  button(main, "Take theirs").click();
  await expect.poll(() => value("Days until private things are deleted")).toBe("14");
  expect(main.textContent).not.toContain("Somebody else changed this too");
});

test("what only one of two changed is saved over what the other changed elsewhere", async () => {
  main = draw(<WholeDay />);
  await expect.poll(() => value("In one line")).toBe("");
  type(field("In one line"), "Come by");
  await expect.poll(() => main.textContent).toContain("Not saved yet.");
  [version, day] = [8, { ...DAY, venue: "Town hall" }];
  button(main, "Save").click();
  await expect.poll(() => main.textContent).toContain("Somebody else changed this in the meantime.");
  expect(main.textContent).not.toContain("Take theirs");
  button(main, "Save").click();

  await expect.poll(() => day.tagline).toBe("Come by");
  expect(day.venue).toBe("Town hall");
  expect(bodies()).toEqual([{ tagline: "Come by" }, { tagline: "Come by" }]);
});

const edited = async () => {
  const card = SESSION as unknown as SessionCard;
  const done = () => undefined;
  main = draw(
    <EditSession
      event={DAY as unknown as EventDay}
      session={card}
      onDone={done}
      onClose={done}
      onRoom={async () => undefined}
    />,
  );
  await expect.poll(() => main.textContent).toContain("Cancel this session");
};

test("cancelling a session asks first", async () => {
  await edited();
  button(main, "Cancel this session").click();
  await expect.poll(() => main.textContent).toContain("Cancel “Photos”?");
  expect(bodies()).toEqual([]);
  button(main, "Yes, cancel it").click();
  await expect.poll(bodies).toEqual([{ state: "cancelled" }]);
});

test("where somebody else changed the session, it is read again before it can be cancelled", async () => {
  await edited();
  [version, session] = [8, { ...SESSION, title: "Photos and more" }];
  button(main, "Cancel this session").click();
  await expect.poll(() => main.textContent).toContain("Cancel “Photos”?");
  button(main, "Yes, cancel it").click();
  await expect.poll(() => main.textContent).toContain("Somebody changed this in the meantime.");
  await expect.poll(() => value("Title")).toBe("Photos and more");
  expect(session.state).toBe("planned");
  button(main, "Yes, cancel it").click();
  await expect.poll(() => session.state).toBe("cancelled");
});
