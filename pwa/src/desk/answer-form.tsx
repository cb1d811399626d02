import { Skeleton, Tick } from "../lib/ui";
import type { Audience } from "../lib/wire";
import { me, rolesAt } from "./account";
import { t } from "./answers-words";
import { answerQuestion } from "./calls";
import { useDraft } from "./draft";
import { kindAnswers } from "./kind-words";
import { Beginnings, begun, WordsForm } from "./words-form";

export const LIMIT = 4000;
/** A sealed note is 512 bytes with what is around it. */
export const SEALED_LIMIT = 400;

export interface AnswerDraft {
  text: string;
  spoken: boolean;
}

export const EMPTY: AnswerDraft = { text: "", spoken: false };

interface Props {
  question: { id: string; audience: Audience };
  event: string;
  onDone: (said: string) => void;
  onClose: () => void;
}

/** The box to answer one question; the draft is the same wherever it is opened. */
export function AnswerForm({ question: { id, audience }, event, onDone, onClose }: Props) {
  const draft = useDraft<AnswerDraft>(`answer:${id}`, EMPTY);
  if (!draft.value) return <Skeleton lines={3} />;
  const { text, spoken } = draft.value;
  const sealed = audience === "surgeons";
  const send = async (words: string) => {
    await answerQuestion(id, words, spoken && !sealed);
    draft.drop();
    onClose();
    onDone(t(sealed ? "sentPrivate" : "sent"));
  };
  const named = rolesAt(event).includes("surgeon") || me()?.surgeon;
  const hint = sealed ? t("privateHint") : spoken ? t("spokenHint") : t(named ? "wordsHint" : "wordsHintOffice");
  return (
    <WordsForm
      label={t("words")}
      hint={hint}
      limit={sealed ? SEALED_LIMIT : LIMIT}
      text={text}
      onInput={(typed) => draft.write({ text: typed, spoken })}
      send={send}
      sendLabel={t(sealed ? "sendPrivate" : "send")}
      onClose={onClose}
    >
      {!sealed && <Tick label={t("spoken")} checked={spoken} onChange={(on) => draft.write({ text, spoken: on })} />}
      <Beginnings
        texts={kindAnswers()}
        onChoose={(words) => draft.write({ text: begun(text, words, kindAnswers()), spoken })}
      >
        <a href={`/desk/${event}/kindness`}>{t("kindness")}</a>
      </Beginnings>
    </WordsForm>
  );
}
