/** The code of the day: typed once, kept once it was accepted, and never sent to a day that asks for none. */
import { put, take } from "../lib/store";

const key = (event: string) => `code:${event}`;

/** The kept one, "" for none; null where the last one sent was not the day's any more. */
export const takeCode = async (event: string): Promise<string | null> => {
  const kept = await take<string | null>("keys", key(event));
  return kept === undefined ? "" : kept;
};

/** Keeps what the server accepted. */
export const keepCode = (event: string, code: string): Promise<boolean> => put("keys", key(event), code);

/** Forgets what it refused, and remembers that it did. */
export const dropCode = (event: string): Promise<boolean> => put("keys", key(event), null);
