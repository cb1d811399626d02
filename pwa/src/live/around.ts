/** What a session page needs besides the session: its event, and something to show with no network. */
import { useEffect, useState } from "preact/hooks";
import { copyOf, refresh } from "../lib/copies";
import type { EventDay, Session } from "../lib/wire";
import { eventPath } from "../programme/calls";
import { arrive, comeBack, here } from "../programme/here";
import { keepEverythingLater } from "../programme/idle";
import { loadStars } from "../programme/stars";

/**
 * Brings the session's event along once the page stands, so that the whole day opens offline later.
 * Offline and never opened before, answers what was kept of the session with its programme.
 */
export function useAround(code: string, session: Session | undefined, missing: boolean): Session | undefined {
  const [spare, setSpare] = useState<Session | undefined>();
  const slug = session?.event.slug;
  useEffect(() => void loadStars(), []);
  useEffect(() => {
    if (!slug) return;
    arrive(slug);
    const timer = setTimeout(() => void bring(slug), 1500);
    return () => clearTimeout(timer);
  }, [slug]);
  useEffect(() => {
    if (!missing) return;
    void keptWithProgramme(code).then(setSpare);
  }, [missing, code]);
  return spare;
}

async function keptWithProgramme(code: string): Promise<Session | undefined> {
  await comeBack();
  const { keptSession } = await import("../programme/everything");
  return keptSession(here.peek(), code);
}

async function bring(slug: string): Promise<void> {
  const path = eventPath(slug);
  await refresh(path);
  const copy = copyOf<EventDay>(path).peek();
  if (copy.value && copy.standing === "fresh") keepEverythingLater(copy.value);
}
