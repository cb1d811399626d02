import { useEffect, useRef, useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { clean } from "../lib/text";
import { Button, TextBox } from "../lib/ui";
import type { Comment, Session } from "../lib/wire";
import type { Finding } from "../safety/identify";
import { keepDraft, type Place, takeDrafts } from "./draft";
import { t } from "./own-words";

export const LIMIT = 1000;
const PAUSE = 300;

interface Props {
  session: Session;
  /** Who is answered; null for a new beginning. */
  to: Comment | null;
  place: Place;
  onClose: () => void;
}

/** Where something is said: the draft is kept as it is typed, and help lines stand beside Send when words call for them. */
export function ReplyBox({ session, to, place, onClose }: Props) {
  const [text, write] = useDraft(session.id, place);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [accepted, setAccepted] = useState("");
  const before = useLazy(() => import("../safety/before-sending"), true);
  const { help, findings } = useNotices(text ?? "", before);
  const box = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const notice = useRef<HTMLDivElement>(null);
  const back = () => box.current?.focus();
  useEffect(() => {
    if (text !== null) back();
  }, [text === null]);
  if (text === null) return null;

  const send = async (agreed = accepted === text) => {
    if (busy) return;
    const problem = problemWith(text);
    setError(problem);
    if (problem) return back();
    if (!agreed && before && before.identify(text).length > 0) return notice.current?.focus();
    setBusy(true);
    const { say } = await import("./outbox");
    await say(session, place, text);
    onClose();
  };
  const keep = () => {
    setAccepted(text);
    void send(true);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void send();
  };
  const label = to ? t("wordsTo", { name: to.by.name }) : t("words");
  return (
    <form class="stack reply-box" autocomplete="off" spellcheck={false} onSubmit={submit}>
      <TextBox
        label={label}
        hint={t("wordsHint")}
        error={error}
        rows={3}
        limit={LIMIT}
        value={text}
        onInput={write}
        input={box}
      />
      {before && accepted !== text && (
        <before.TraceNotice findings={findings} box={notice} onKeep={keep} onChange={back} />
      )}
      <p class="small">
        {t("cannotFind")} <a href="/privacy">{t("howPrivate")}</a>
      </p>
      <p class="row">
        <Button type="submit" look="main" busy={busy}>
          {t("send")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </p>
      {before && help && <before.HelpCard />}
      <p class="hint">{t("kept")}</p>
    </form>
  );
}

/** What stands in the way of sending, in words; null if nothing does. */
export function problemWith(text: string): string | null {
  const length = [...clean(text)].length;
  if (length === 0) return t("empty");
  return length > LIMIT ? t("tooLong") : null;
}

/** The draft of a place, kept on the phone as it is typed. Null until it is read. */
function useDraft(session: string, place: Place): readonly [string | null, (text: string) => void] {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => void takeDrafts(session).then((drafts) => setText(drafts.get(place) ?? "")), [session, place]);
  const write = (typed: string) => {
    setText(typed);
    void keepDraft(session, place, typed);
  };
  return [text, write];
}

interface Notices {
  readonly help: boolean;
  readonly findings: readonly Finding[];
}

/** What the words call for, found on the phone a moment after each pause. */
function useNotices(
  text: string,
  rules: Pick<typeof import("../safety/before-sending"), "callsForHelp" | "identify"> | undefined,
): Notices {
  const [notices, setNotices] = useState<Notices>({ help: false, findings: [] });
  useEffect(() => {
    if (!rules) return;
    const look = () => setNotices({ help: rules.callsForHelp(text), findings: rules.identify(text) });
    const timer = setTimeout(look, text ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [text, rules]);
  return notices;
}
