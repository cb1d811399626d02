import { useState } from "preact/hooks";
import { Button, PlainText, Status } from "../../lib/ui";
import type { DeskQuestion } from "../../lib/wire";
import { AskTheLead } from "../answer-card";
import { type AnswerDraft, AnswerForm, EMPTY } from "../answer-form";
import { useDraft } from "../draft";
import { HandOver } from "./hand-over";
import type { Acting } from "./state";
import { t } from "./words";

interface Props {
  question: DeskQuestion;
  event: string;
  acting: Acting;
  onGone: () => void;
  /** It was answered: the server lets it go by itself. */
  onAnswered: (said: string) => void;
}

/** A question this surgeon has taken: to answer, in writing or aloud, or to give away. */
export function TakenQuestion({ question, event, acting, onGone, onAnswered }: Props) {
  const [open, setOpen] = useState<"" | "answer" | "hand">("");
  const { id, text, warning, votes, audience, session } = question;
  const draft = useDraft<AnswerDraft>(`answer:${id}`, EMPTY);
  const close = () => setOpen("");
  const begin = (spoken: boolean) => {
    draft.write({ text: draft.value?.text ?? "", spoken });
    setOpen("answer");
  };
  const sealed = audience === "surgeons";
  return (
    <article class="card stack">
      <h3 id={`taken-${id}`} tabIndex={-1} class="small muted" dir="auto">
        {session.title}
      </h3>
      {votes > 0 && <p class="small muted">{t("votes", { n: votes })}</p>}
      {sealed && (
        <p>
          <Status>{t("private")}</Status>
        </p>
      )}
      {warning && (
        <p>
          <Status kind="warn">{t("warning", { warning })}</Status>
        </p>
      )}
      <PlainText text={text} />
      {open === "" && (
        <div class="ends">
          <Button look="main" onClick={() => begin(draft.value?.spoken ?? false)}>
            {t(draft.value?.text ? "goOn" : "answer")}
          </Button>
          {!sealed && <Button onClick={() => begin(true)}>{t("aloud")}</Button>}
          <Button busy={acting.busy} onClick={() => void acting.letGo(id).then((was) => was && onGone())}>
            {t("letGo")}
          </Button>
          <Button onClick={() => setOpen("hand")}>{t("hand")}</Button>
        </div>
      )}
      {open === "answer" && <AnswerForm question={question} event={event} onDone={onAnswered} onClose={close} />}
      {open === "hand" && (
        <HandOver
          event={event}
          what="question"
          busy={acting.busy}
          onGive={(to, name) => void acting.hand("questions", id, to, name).then((was) => was && onGone())}
          onClose={close}
        />
      )}
      <AskTheLead question={id} event={event} />
    </article>
  );
}
