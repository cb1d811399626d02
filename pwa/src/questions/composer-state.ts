/** The words being written, what they call for, and their way out. */
import { useEffect, useRef, useState } from "preact/hooks";
import { clean } from "../lib/text";
import type { Session } from "../lib/wire";
import { takeCode } from "../safety/code";
import { t } from "./ask-words";
import { type Draft, EMPTY, keepDraft, takeDraft } from "./draft";
import type { Asked } from "./outbox";

export const LIMIT = 1000;

/** The draft of a session, kept on the phone as it is typed; null until it is read. `stale`: the last code was refused. */
export function useDraft(session: Session) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [stale, setStale] = useState(false);
  const latest = useRef<Draft>(EMPTY);
  const key = session.id;
  useEffect(() => {
    void Promise.all([takeDraft(key), takeCode(session.event.id)]).then(([kept, code]) => {
      latest.current = { ...kept, code: kept.code || code || "" };
      setStale(code === null);
      setDraft(latest.current);
    });
  }, [key, session.event.id]);
  // What sending takes is at hand before the signal may go, the proof of work solved while somebody writes.
  useEffect(() => {
    void import("./outbox").then(
      ({ makeReady }) => makeReady(key),
      () => undefined,
    );
  }, [key]);
  const change = (some: Partial<Draft>) => {
    latest.current = { ...latest.current, ...some };
    setDraft(latest.current);
    void keepDraft(key, latest.current);
  };
  return { draft, change, stale };
}

/** What stands in the way of sending, in words; null if nothing does. */
export function problemWith(draft: Draft): string | null {
  const length = [...clean(draft.text)].length;
  if (length === 0) return t("empty");
  return length > LIMIT ? t("tooLong") : null;
}

/** A code goes along only where the day asks for one. */
export async function sendDraft(session: Session, draft: Draft, joinCode: boolean): Promise<Asked> {
  const { ask } = await import("./outbox");
  return ask(session, joinCode ? draft : { ...draft, code: "" });
}
