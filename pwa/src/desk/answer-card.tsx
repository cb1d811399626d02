import { useState } from "preact/hooks";
import { Button, PlainText, Status } from "../lib/ui";
import type { Answer, DeskQuestion } from "../lib/wire";
import { me, rolesAt } from "./account";
import { type AnswerDraft, AnswerForm, EMPTY } from "./answer-form";
import { t } from "./answers-words";
import { askTheLead } from "./bench-calls";
import { removeAnswer } from "./calls";
import { ChangeForm } from "./change-form";
import { useDraft } from "./draft";
import { type OfWall, ToWall } from "./on-the-wall";
import { useSending } from "./words-form";

interface Props {
  question: DeskQuestion;
  event: string;
  onDone: (said: string) => void;
  /** The wall of its session, where it may be put there. */
  wall?: OfWall;
}

/** One question with its answers, and the box to answer it. */
export function DeskQuestionCard({ question, event, onDone, wall }: Props) {
  const [open, setOpen] = useState(false);
  const { id, text, warning, votes, audience, answers } = question;
  const sealed = audience === "surgeons";
  return (
    <article class="card stack">
      {votes > 0 && <p class="small muted">{t("votes", { n: votes })}</p>}
      {sealed && (
        <p>
          <Status>{t("private")}</Status> <span class="small muted">{t("privateHint")}</span>
        </p>
      )}
      {warning && (
        <p>
          <Status kind="warn">{t("warning", { warning })}</Status>
        </p>
      )}
      <PlainText text={text} />
      {answers.map((answer) => (
        <Given key={answer.id} answer={answer} sealed={sealed} mine={isMine(answer, event)} onDone={onDone} />
      ))}
      {open ? (
        <AnswerForm question={question} event={event} onDone={onDone} onClose={() => setOpen(false)} />
      ) : (
        <OpenButton name={id} more={answers.length > 0} onClick={() => setOpen(true)} />
      )}
      {wall && !sealed && <ToWall question={id} wall={wall} />}
      {answers.length === 0 && <AskTheLead question={id} event={event} />}
    </article>
  );
}

/** One's own, or as an organiser anybody's. An unpublished profile answers namelessly: the server then decides. */
function isMine({ by }: Answer, event: string): boolean {
  const roles = rolesAt(event);
  return roles.includes("organiser") || by.id === (me()?.surgeon?.id ?? null);
}

function OpenButton({ name, more, onClick }: { name: string; more: boolean; onClick: () => void }) {
  const draft = useDraft<AnswerDraft>(`answer:${name}`, EMPTY);
  const begun = draft.value !== null && draft.value.text !== "";
  return (
    <p>
      <Button look={more ? "plain" : "main"} onClick={onClick}>
        {t(begun ? "goOn" : more ? "answerMore" : "answer")}
      </Button>
    </p>
  );
}

/** For whoever should not be alone with it: one tap, and somebody else sees to it too. */
export function AskTheLead({ question, event }: { question: string; event: string }) {
  const [done, setDone] = useState(false);
  const { busy, error, run } = useSending();
  if (done)
    return (
      <p class="small" role="status">
        <Status kind="warn">{t("care")}</Status> {t("leadAsked")}{" "}
        <a href={`/desk/${event}/kindness`}>{t("kindness")}</a>
      </p>
    );
  return (
    <div>
      <Button
        look="link"
        busy={busy}
        onClick={() =>
          void run(async () => {
            await askTheLead(question);
            setDone(true);
          })
        }
      >
        {t("askLead")}
      </Button>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function Given({
  answer,
  sealed,
  mine,
  onDone,
}: {
  answer: Answer;
  sealed: boolean;
  mine: boolean;
  onDone: (said: string) => void;
}) {
  const [doing, setDoing] = useState<"" | "edit" | "remove">("");
  const { busy, error, run } = useSending();
  const remove = () =>
    run(async () => {
      await removeAnswer(answer.id);
      onDone(t("removed"));
    });
  return (
    <div class="stack given">
      <p class="small row">
        <strong dir="auto">{answer.by.name}</strong>
        {answer.spoken && <Status>{t("aloudMark")}</Status>}
        {answer.edited && <span class="muted">{t("edited")}</span>}
      </p>
      {sealed ? <p class="muted">{t("sealed")}</p> : doing !== "edit" && <PlainText text={answer.text} />}
      {doing === "edit" && <ChangeForm answer={answer} sealed={sealed} onDone={onDone} onClose={() => setDoing("")} />}
      {doing === "" && mine && (
        <p class="row">
          <Button look="link" onClick={() => setDoing("edit")}>
            {t("edit")}
          </Button>
          <Button look="link" onClick={() => setDoing("remove")}>
            {t("remove")}
          </Button>
        </p>
      )}
      {doing === "remove" && (
        <div class="notice warn" role="alert">
          <p class="notice-title">{t("removeSure")}</p>
          {error && <p class="error">{error}</p>}
          <p class="row">
            <Button look="danger" busy={busy} onClick={() => void remove()}>
              {t("removeYes")}
            </Button>
            <Button onClick={() => setDoing("")}>{t("removeNo")}</Button>
          </p>
        </div>
      )}
    </div>
  );
}
