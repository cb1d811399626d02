/** The requests of whoever settles what is where: clashes, and the rooms. */
import { API } from "../../lib/http";
import type { components } from "../../lib/schema";
import type { Room, Session } from "../../lib/wire";
import { type Changed, deskPath, draftSessionPath } from "../calls";
import { call } from "../tokens";

export type Clash = components["schemas"]["Clash"];
export type Clashes = components["schemas"]["Clashes"];

export const clashesPath = (event: string) => `${deskPath(event)}clashes/`;

/** Calls a room otherwise. `match` is the ETag of the day; the answer has the next one. */
export const renameRoom = (room: string, name: string, match: string): Promise<Changed<Room>> =>
  call<Room>("PATCH", `${API}/rooms/${room}/`, { body: { name }, match });

export async function removeRoom(room: string, match: string): Promise<void> {
  await call("DELETE", `${API}/rooms/${room}/`, { match });
}

/** A session as those who run it see it, whatever the day's copy says. */
export const readSession = (session: string): Promise<Changed<Session>> =>
  call<Session>("GET", draftSessionPath(session));
