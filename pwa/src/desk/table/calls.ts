/** The requests of a surgeon's table: where one is, who comes next, and what becomes of them. */
import { API } from "../../lib/http";
import type { components } from "../../lib/schema";
import { open } from "../../lib/stream";
import type { DeskQuestion } from "../../lib/wire";
import { eventPath } from "../../programme/calls";
import { deskPath, queuePath } from "../calls";
import { call } from "../tokens";

type Named = components["schemas"];

export const STATES = ["here", "busy", "away"] as const;

export type Presence = Named["Where"];
/** Somebody whose number was called: they have one until it is over. */
export type Person = Named["Person"] & { readonly ticket: number };
export type TableNow = Omit<Named["Table"], "people" | "questions"> & {
  readonly people: readonly Person[];
  readonly questions: readonly DeskQuestion[];
};
export type Taken = { readonly person: Person | null; readonly question: DeskQuestion | null };

/** served: it is done · back: into the line again · left: they are not there */
export type End = "served" | "back" | "left";

export const tablePath = (event: string) => `${deskPath(event)}table/`;
export const todoPath = (event: string) => `${queuePath(event, "unanswered", "")}&mine=true`;

const post = async <T>(path: string, body: object = {}): Promise<T> =>
  (await call<T>("POST", `${API}/desk/${path}`, { body })).body;

export const sayWhere = async (event: string, presence: Presence): Promise<Presence> =>
  (await call<Presence>("PUT", `${deskPath(event)}presence/`, { body: presence })).body;

/** Takes whoever is next, of those who fit or of all; one is never given to two. */
export const takeNext = (event: string, what: "person" | "question", any: boolean): Promise<Taken> =>
  post(`events/${encodeURIComponent(event)}/take/`, { what, any });

/** `last`: the page is closing, and it goes out all the same. */
export const endFor = (booking: string, how: End, last = false): Promise<unknown> =>
  call("POST", `${API}/desk/bookings/${booking}/${how}/`, { body: {}, last });

/** A sealed word that only their phone can open. */
export const sendWord = (booking: string, text: string): Promise<unknown> =>
  post(`bookings/${booking}/word/`, { text });

export const letGo = (question: string): Promise<unknown> => post(`questions/${question}/let-go/`);

/** Gives somebody, or a question, to a colleague. */
export const handOver = (what: "bookings" | "questions", id: string, to: string): Promise<unknown> =>
  post(`${what}/${id}/hand/`, { to });

/** What everybody hears of the day as it goes. */
export const listen = (event: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> =>
  open(`${eventPath(event)}stream`, null, signal);
