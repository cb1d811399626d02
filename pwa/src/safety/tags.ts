/** The key this phone makes its tags with: votes, reactions, voices. One for an event, known to nobody else. */
import { put, take } from "../lib/store";
import { newTagKey } from "./profile";

const keys = new Map<string, Promise<string>>();

/** One key an event, made once even if two presses come together. */
export function tagKey(event: string): Promise<string> {
  const key = keys.get(event) ?? keptTagKey(event);
  keys.set(event, key);
  return key;
}

async function keptTagKey(event: string): Promise<string> {
  const kept = await take<string>("keys", `tags:${event}`);
  if (kept) return kept;
  const made = newTagKey();
  await put("keys", `tags:${event}`, made);
  return made;
}
