/** Replies being written: kept on this phone through reload, back and crash; wiped by "Leave quickly". */
import { all, put, remove } from "../lib/store";

/** What is replied to; "" for a new beginning. */
export type Place = string;

const prefix = (session: string) => `say:${session}:`;

/** Every draft of a session, by what it replies to. */
export async function takeDrafts(session: string): Promise<Map<Place, string>> {
  const start = prefix(session);
  const kept = (await all<string>("drafts")).filter(([key]) => key.startsWith(start));
  return new Map(kept.map(([key, text]) => [key.slice(start.length), text]));
}

/** Keeps it; an empty one is not kept. */
export async function keepDraft(session: string, place: Place, text: string): Promise<void> {
  if (text) await put("drafts", prefix(session) + place, text);
  else await remove("drafts", prefix(session) + place);
}
