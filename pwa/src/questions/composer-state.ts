/** The words being written, what they call for, and their way out. */
import { useEffect, useRef, useState } from "preact/hooks";
import { clean } from "../lib/text";
import type { Session } from "../lib/wire";
import type { Finding } from "../safety/identify";
import { t } from "./ask-words";
import { type Draft, EMPTY, keepCode, keepDraft, takeCode, takeDraft } from "./draft";
import type { Asked } from "./outbox";

export const LIMIT = 1000;
const PAUSE = 300;

/** The draft of a session, kept on the phone as it is typed. Null until it is read. */
export function useDraft(session: Session): readonly [Draft | null, (some: Partial<Draft>) => void] {
  const [draft, setDraft] = useState<Draft | null>(null);
  const latest = useRef<Draft>(EMPTY);
  const key = session.id;
  useEffect(() => {
    void Promise.all([takeDraft(key), takeCode(session.event.id)]).then(([kept, code]) => {
      latest.current = { ...kept, code: kept.code || code };
      setDraft(latest.current);
    });
  }, [key, session.event.id]);
  // What sending takes is at hand before the signal may go.
  useEffect(() => void import("./outbox").catch(() => undefined), []);
  const change = (some: Partial<Draft>) => {
    latest.current = { ...latest.current, ...some };
    setDraft(latest.current);
    void keepDraft(key, latest.current);
  };
  return [draft, change];
}

export interface Notices {
  readonly help: boolean;
  readonly findings: readonly Finding[];
}

const NONE: Notices = { help: false, findings: [] };

type Rules = Pick<typeof import("../safety/before-sending"), "callsForHelp" | "identify">;

/** What the words call for, found on the phone a moment after each pause. */
export function useNotices(text: string, rules: Rules | undefined): Notices {
  const [notices, setNotices] = useState<Notices>(NONE);
  useEffect(() => {
    if (!rules) return;
    const timer = setTimeout(() => setNotices(lookAt(text, rules)), text ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [text, rules]);
  return notices;
}

export const lookAt = (text: string, { callsForHelp, identify }: Rules): Notices => ({
  help: callsForHelp(text),
  findings: identify(text),
});

/** What stands in the way of sending, in words; null if nothing does. */
export function problemWith(draft: Draft): string | null {
  const length = [...clean(draft.text)].length;
  if (length === 0) return t("empty");
  return length > LIMIT ? t("tooLong") : null;
}

export async function sendDraft(session: Session, draft: Draft): Promise<Asked> {
  if (draft.code) await keepCode(session.event.id, draft.code.trim());
  const { ask } = await import("./outbox");
  return ask(session, draft);
}
