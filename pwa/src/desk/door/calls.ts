/** The requests of the door: numbers to give out, who has come, and how many heads. */
import { API } from "../../lib/http";
import type { components } from "../../lib/schema";
import { deskPath } from "../calls";
import { call } from "../tokens";

type Named = components["schemas"];

/** A session as the door sees it: numbers, never people. */
export type DoorSession = Readonly<Named["DoorSession"]>;
export type DoorNow = Readonly<Named["Door"]>;
/** A number that may be given out, with or without a network. */
export type Spare = Readonly<Named["Spare"]>;
/** What is known under a ticket number that somebody has. */
export type Ticket = Named["Ticket"] & { readonly ticket: number };
export type Arrival = Readonly<Named["Arrival"]>;
export type Outcome = Arrival["outcome"];

export const doorPath = (event: string) => `${deskPath(event)}door/`;

export const fetchSpares = async (event: string, count: number): Promise<readonly Spare[]> =>
  (await call<{ spares: Spare[] }>("POST", `${deskPath(event)}spares/`, { body: { count } })).body.spares;

/** Puts whoever was given a spare number into the line. The same again changes nothing. */
export async function giveOut(event: string, id: string, session: string, labels: readonly string[]): Promise<void> {
  await call("PUT", `${deskPath(event)}tickets/${id}/`, { body: { session, labels, remote: false } });
}

/** The one ticket with this number, if anybody has it. */
export const findTicket = async (event: string, ticket: number): Promise<Ticket | null> =>
  (await call<{ results: Ticket[] }>("GET", `${deskPath(event)}tickets/?ticket=${ticket}`)).body.results[0] ?? null;

/** Whoever has these numbers has come. Told twice it changes nothing. */
export const arrive = async (event: string, tickets: readonly number[]): Promise<readonly Arrival[]> =>
  (await call<{ results: Arrival[] }>("POST", `${deskPath(event)}arrivals/`, { body: { tickets } })).body.results;

/** left: out of the line for good · back: from a table into the line */
export async function moveTicket(booking: string, how: "left" | "back"): Promise<void> {
  await call("POST", `${API}/desk/bookings/${booking}/${how}/`, { body: {} });
}

/** This counter's own totals: told twice they count once. */
export async function sendHeads(event: string, counter: string, counts: Readonly<Record<string, number>>) {
  const body = { counts: Object.entries(counts).map(([session, heads]) => ({ session, heads })) };
  await call("PUT", `${deskPath(event)}heads/${counter}/`, { body });
}
