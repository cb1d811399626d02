/** The requests of this folder. */
import { API, get, post } from "../lib/http";
import type { FoundReceipt, SealedNotes, Session } from "../lib/wire";
import { sessionPath } from "../programme/calls";
import type { Act, Challenge } from "./proof";

/** A tag is given for votes and reports: their proof is bound to it. */
export async function fetchChallenge(act: Act, session: string, tag?: string): Promise<Challenge> {
  const query = new URLSearchParams({ act, session, ...(tag ? { tag } : {}) });
  return (await get<Challenge>(`${API}/proofs/?${query}`)).body;
}

export const notesPath = (session: string) => `${API}/sessions/${session}/notes/`;

export async function fetchNotes(session: string): Promise<SealedNotes> {
  return (await get<SealedNotes>(notesPath(session))).body;
}

/** Only for words or a QR somebody brought from elsewhere: it tells the server which row is asked about. */
export async function lookUp(auth: string): Promise<FoundReceipt> {
  return (await post<FoundReceipt>(`${API}/receipts/lookup/`, { auth })).body;
}

/** Opens one sealed note to the safety lead, and nothing else of the receipt. */
export const showNote = (opening: string, auth: string) =>
  post(`${API}/receipts/show-note/`, { opening }, { authorization: `Receipt ${auth}` });

export const fetchSession = async (session: string): Promise<Session> =>
  (await get<Session>(sessionPath(session))).body;
