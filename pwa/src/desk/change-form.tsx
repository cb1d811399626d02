import { useEffect, useState } from "preact/hooks";
import { Button, PlainText, Skeleton } from "../lib/ui";
import type { Answer } from "../lib/wire";
import { LIMIT, SEALED_LIMIT } from "./answer-form";
import { t } from "./answers-words";
import { changeAnswer, readAnswer } from "./calls";
import { useDraft } from "./draft";
import { isLate } from "./reading";
import { WordsForm } from "./words-form";

/** An answer as it was read, with the ETag to change it with. */
interface Stood {
  text: string;
  match: string;
}

/**
 * Changing an answer, which its surgeon and every organiser may do: where somebody else was first, what they made of
 * it is shown, and what was typed stays in the box.
 */
export function ChangeForm({
  answer,
  sealed,
  onDone,
  onClose,
}: {
  answer: Answer;
  sealed: boolean;
  onDone: (said: string) => void;
  onClose: () => void;
}) {
  const draft = useDraft(`change:${answer.id}`, answer.text);
  // What stood there when the change was begun, kept as long as what is typed.
  const over = useDraft<Stood>(`over:${answer.id}`, { text: answer.text, match: "" });
  const [theirs, setTheirs] = useState<string | null>(null);
  /** Reads what stands there now; null where that is not what the change was begun over, which is then said. */
  const look = async (before: string): Promise<Stood | null> => {
    const { body, etag } = await readAnswer(answer.id);
    const now = { text: body.text, match: etag ?? "" };
    over.write(now);
    if (now.text === before) return now;
    if (draft.value === before) draft.write(now.text);
    else setTheirs(now.text);
    return null;
  };
  const known = draft.value !== null && over.value !== null;
  useEffect(() => {
    // Nothing typed is kept: it begins now. Without a network it is read when the change is sent.
    if (known && (draft.value === answer.text || over.value?.match === "")) look(answer.text).catch(() => undefined);
  }, [known]);
  if (draft.value === null || over.value === null) return <Skeleton lines={3} />;
  const stood = over.value;
  const send = async (words: string) => {
    const seen = stood.match ? stood : await look(stood.text);
    if (!seen) return;
    try {
      await changeAnswer(answer.id, words, seen.match);
    } catch (reason) {
      if (!isLate(reason)) throw reason;
      // Another version of the server names the same words differently.
      const now = await look(seen.text);
      if (!now || sealed) {
        if (sealed) setTheirs("");
        throw reason;
      }
      await changeAnswer(answer.id, words, now.match);
    }
    over.drop();
    draft.drop();
    onClose();
    onDone(t(sealed ? "sentPrivate" : "changed"));
  };
  return (
    <WordsForm
      label={t("words")}
      hint={sealed ? t("privateHint") : ""}
      limit={sealed ? SEALED_LIMIT : LIMIT}
      text={draft.value}
      onInput={draft.write}
      send={send}
      sendLabel={t("save")}
      onClose={onClose}
    >
      {theirs !== null && (
        <div class="notice warn" role="status">
          <p class="notice-title">{t("meanwhile")}</p>
          {sealed ? <p>{t("sealed")}</p> : <PlainText text={theirs} />}
          <p class="small muted">{t("meanwhileHint")}</p>
          {!sealed && (
            <p>
              <Button
                onClick={() => {
                  draft.write(theirs);
                  setTheirs(null);
                }}
              >
                {t("takeTheirs")}
              </Button>
            </p>
          )}
        </div>
      )}
    </WordsForm>
  );
}
