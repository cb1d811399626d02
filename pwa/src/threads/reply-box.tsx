import { useEffect, useRef, useState } from "preact/hooks";
import { clean } from "../lib/text";
import { Button, TextBox } from "../lib/ui";
import type { Comment, Session } from "../lib/wire";
import { useNotices } from "../safety/notices";
import { keepDraft, type Place, takeDrafts } from "./draft";
import { t } from "./own-words";

export const LIMIT = 1000;

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
  const box = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const back = () => box.current?.focus();
  const { mayGo, card, trace } = useNotices(text ?? "", () => void send(true), back);
  useEffect(() => {
    if (text !== null) back();
  }, [text === null]);
  if (text === null) return null;

  const send = async (agreed = false) => {
    if (busy) return;
    const problem = problemWith(text);
    setError(problem);
    if (problem) return back();
    if (!agreed && !mayGo()) return;
    setBusy(true);
    const { say } = await import("./outbox");
    await say(session, place, text);
    onClose();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void send();
  };
  const label = to ? t("wordsTo", { name: to.by.name }) : t("words");
  return (
    <form class="stack reply-box" autocomplete="off" onSubmit={submit}>
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
      {trace}
      <p class="small">
        {t("cannotFind")} <a href="/privacy">{t("howPrivate")}</a>
      </p>
      <p class="row">
        <Button type="submit" look="main" busy={busy}>
          {t("send")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </p>
      {card}
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
