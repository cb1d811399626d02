/** Where staff write words that others will read: one box, what stands in the way, Send and Close. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { clean } from "../lib/text";
import { Button, TextBox } from "../lib/ui";
import { t } from "./answers-words";
import { submits } from "./parts";
import { excuse } from "./reading";

interface Props {
  label: string;
  hint?: string;
  rows?: number;
  limit: number;
  text: string;
  onInput: (text: string) => void;
  /** Gets the words cleaned, neither none nor too many. What it throws is said at the box. */
  send: (text: string) => Promise<void>;
  sendLabel: string;
  onClose?: (() => void) | undefined;
  children?: ComponentChildren;
}

export function WordsForm({
  label,
  hint = "",
  rows = 4,
  limit,
  text,
  onInput,
  send,
  sendLabel,
  onClose,
  children,
}: Props) {
  const { busy, error, run } = useSending();
  const ready = clean(text);
  const length = [...ready].length;
  const wrong = length === 0 ? t("empty") : length > limit ? t("tooLong") : null;
  return (
    <form class="stack" onSubmit={submits(() => void run(() => send(ready), wrong))}>
      {children}
      <TextBox label={label} hint={hint} rows={rows} limit={limit} error={error} value={text} onInput={onInput} />
      <p class="row">
        <Button type="submit" look="main" busy={busy}>
          {sendLabel}
        </Button>
        {onClose && <Button onClick={onClose}>{t("cancel")}</Button>}
      </p>
    </form>
  );
}

/** Does one thing at a time and says what stood in the way; `wrong` is known before. */
export function useSending() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (work: () => Promise<void>, wrong: string | null = null) => {
    if (busy) return;
    setError(wrong);
    if (wrong) return;
    setBusy(true);
    try {
      await work();
    } catch (reason) {
      setError(excuse(reason, t("offline")));
    }
    setBusy(false);
  };
  return { busy, error, run };
}

/** Words to begin with, each read whole before it is taken. */
export function Beginnings({
  texts,
  onChoose,
  children,
}: {
  texts: readonly string[];
  onChoose: (text: string) => void;
  children?: ComponentChildren;
}) {
  return (
    <details>
      <summary class="line-name">{t("beginnings")}</summary>
      <ul class="own-lines">
        {texts.map((text) => (
          <li key={text} class="stack">
            <p class="small">{text}</p>
            <Button look="link" label={`${t("beginWith")}: ${text}`} onClick={() => onChoose(text)}>
              {t("beginWith")}
            </Button>
          </li>
        ))}
      </ul>
      {children}
    </details>
  );
}

/** `typed` with words to begin with put before it; an empty box, or one with nothing but others of `texts`, gets them alone. */
export const begun = (typed: string, text: string, texts: readonly string[]): string =>
  typed.trim() === "" || texts.includes(typed.trim()) ? text : `${text}\n\n${typed}`;
