/** Fetches the rest of the programme in quiet moments, so that every session and profile opens offline. */
import { put, take } from "../lib/store";
import type { EventDay, Session, Surgeon } from "../lib/wire";
import { eventPath, everyPage } from "./calls";

interface Kept<T> {
  version: number;
  items: T[];
}

const sessionsPath = (slug: string) => `${eventPath(slug)}sessions/`;
const surgeonsPath = (slug: string) => `${eventPath(slug)}surgeons/`;

/** Fetches all sessions and surgeons once for each version of the printed day. Failing is fine: next time. */
export async function keepEverything(day: EventDay): Promise<void> {
  for (const path of [surgeonsPath(day.slug), sessionsPath(day.slug)]) {
    const kept = await take<Kept<unknown>>("copies", path);
    if (kept?.version === day.version) continue;
    try {
      await put("copies", path, { version: day.version, items: await everyPage(path) } satisfies Kept<unknown>);
    } catch {
      return;
    }
  }
}

/** The full session kept with its event, by code or id. */
export async function keptSession(slug: string, code: string): Promise<Session | undefined> {
  const kept = await take<Kept<Session>>("copies", sessionsPath(slug));
  return kept?.items.find((one) => one.code === code || one.id === code);
}

/** The full profile kept with its event. */
export async function keptSurgeon(slug: string, id: string): Promise<Surgeon | undefined> {
  const kept = await take<Kept<Surgeon>>("copies", surgeonsPath(slug));
  return kept?.items.find((one) => one.id === id);
}
