/** A small door server: numbers are put once, arrivals and counts may be told twice. */
import { aServer, type Reply, type Seen, type Server } from "../../safety/server";

export const EVENT = { id: "e1", slug: "leeds", code: "L", title: "Leeds", timezone: "Europe/London", clock_offset: 0 };

export interface DoorServer extends Server {
  /** up · down: no answer · deaf: it hears, and its answer is lost */
  mode: "up" | "down" | "deaf";
  role: string;
  /** What was given out, by the number's id. */
  readonly given: Map<string, { session: string; labels: string[] }>;
  readonly here: Set<number>;
  readonly heads: Map<string, Record<string, number>>;
  /** What was done, in order: each effect once. */
  readonly done: string[];
  /** Numbers that nobody has. */
  unknown: Set<number>;
  refuse: Reply | null;
  sessions: unknown[];
}

const SESSION = { id: "s1", title: "Blogs" };

export async function aDoorServer(): Promise<DoorServer> {
  let next = 400;
  const made = Object.assign(await aServer(answer), {
    mode: "up",
    role: "door",
    given: new Map(),
    here: new Set(),
    heads: new Map(),
    done: [],
    unknown: new Set(),
    refuse: null,
    sessions: [],
  }) as DoorServer;

  function answer(request: Seen): Reply {
    const door = request.path.includes("/desk/");
    if (door && made.mode === "down") return "hang up";
    const reply = does(request);
    return door && made.mode === "deaf" ? "hang up" : reply;
  }

  function does({ method, path, body }: Seen): Reply {
    if (path.endsWith("/token/")) return { status: 200, body: { access: "a", refresh: "r" } };
    if (path.endsWith("/token/refresh/")) return { status: 200, body: { access: "a", refresh: "r" } };
    if (path.endsWith("/revoke/")) return { status: 204 };
    if (path.endsWith("/me/")) return { status: 200, body: person(made.role) };
    const sent = JSON.parse(body || "null");
    if (made.refuse && method !== "GET" && !path.includes("/spares/")) return made.refuse;
    if (path.includes("/spares/")) return { status: 201, body: { spares: spares(sent.count) } };
    if (method === "PUT" && path.includes("/tickets/")) return put(path.split("/").at(-2) as string, sent);
    if (path.includes("/arrivals/")) return { status: 200, body: { results: sent.tickets.map(arrived) } };
    if (path.includes("/heads/")) return counted(path.split("/").at(-2) as string, sent.counts);
    if (path.includes("/tickets/?")) return { status: 200, body: { results: found(path) } };
    if (path.endsWith("/door/")) return { status: 200, body: { sessions: made.sessions, heads: total(), spares: 0 } };
    return { status: 404, body: { code: "not-found", detail: "There is nothing here." } };
  }

  const spares = (count: number) => Array.from({ length: count }, () => ({ id: `t${next}`, ticket: next++ }));

  function put(id: string, { session, labels }: { session: string; labels: string[] }): Reply {
    const before = made.given.get(id);
    if (before && JSON.stringify(before) !== JSON.stringify({ session, labels }))
      return { status: 409, body: { code: "ticket-used", detail: "It was given out." } };
    if (!before) made.done.push(`gave ${id}`);
    made.given.set(id, { session, labels });
    return { status: before ? 200 : 201, body: { id, state: "here" } };
  }

  function arrived(ticket: number) {
    if (made.unknown.has(ticket)) return { ticket, outcome: "unknown", session: null };
    const outcome = made.here.has(ticket) ? "here-already" : "arrived";
    if (outcome === "arrived") made.done.push(`arrived ${ticket}`);
    made.here.add(ticket);
    return { ticket, outcome, session: SESSION };
  }

  function counted(counter: string, counts: { session: string; heads: number }[]): Reply {
    made.heads.set(counter, Object.fromEntries(counts.map(({ session, heads }) => [session, heads])));
    made.done.push(`counted ${total()}`);
    return { status: 200, body: { heads: total(), sessions: [] } };
  }

  const total = () => [...made.heads.values()].flatMap((one) => Object.values(one)).reduce((sum, one) => sum + one, 0);

  function found(path: string) {
    const ticket = Number(new URLSearchParams(path.split("?")[1]).get("ticket"));
    if (made.unknown.has(ticket)) return [];
    const state = made.here.has(ticket) ? "here" : "held";
    return [
      { id: `b${ticket}`, ticket, state, session: { ...SESSION, code: "x7k2" }, labels: ["Photos"], remote: false },
    ];
  }
  return made;
}

export const person = (role: string) => ({
  id: "p1",
  email: "dora@example.org",
  name: "Dora",
  roles: [{ role, event: EVENT }],
  surgeon: null,
});
