import { useState } from "preact/hooks";
import { clean } from "../lib/text";
import { Button, PlainText, Skeleton, Status, TextBox, Tick } from "../lib/ui";
import type { Answer, DeskQuestion } from "../lib/wire";
import { me, rolesAt } from "./account";
import { t } from "./answers-words";
import { answerQuestion, changeAnswer, removeAnswer } from "./calls";
import { useDraft } from "./draft";
import { excuse } from "./reading";

const LIMIT = 4000;
/** A sealed note is 512 bytes with what is around it. */
const SEALED_LIMIT = 400;

interface Props {
  question: DeskQuestion;
  event: string;
  onDone: (said: string) => void;
}

/** One question with its answers, and the box to answer it. */
export function DeskQuestionCard({ question, event, onDone }: Props) {
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
        <AnswerForm question={question} sealed={sealed} event={event} onDone={onDone} onClose={() => setOpen(false)} />
      ) : (
        <OpenButton name={id} more={answers.length > 0} onClick={() => setOpen(true)} />
      )}
    </article>
  );
}

/** One's own, or as an organiser anybody's. An unpublished profile answers namelessly: the server then decides. */
function isMine({ by }: Answer, event: string): boolean {
  const roles = rolesAt(event);
  return roles.includes("organiser") || by.id === (me()?.surgeon?.id ?? null);
}

function OpenButton({ name, more, onClick }: { name: string; more: boolean; onClick: () => void }) {
  const draft = useDraft<Draft>(`answer:${name}`, EMPTY);
  const begun = draft.value !== null && draft.value.text !== "";
  return (
    <p>
      <Button look={more ? "plain" : "main"} onClick={onClick}>
        {t(begun ? "goOn" : more ? "answerMore" : "answer")}
      </Button>
    </p>
  );
}

interface Draft {
  text: string;
  spoken: boolean;
}

const EMPTY: Draft = { text: "", spoken: false };

function AnswerForm({ question, sealed, event, onDone, onClose }: Props & { sealed: boolean; onClose: () => void }) {
  const draft = useDraft<Draft>(`answer:${question.id}`, EMPTY);
  const { busy, error, run } = useSending();
  if (!draft.value) return <Skeleton lines={3} />;
  const { text, spoken } = draft.value;
  const limit = sealed ? SEALED_LIMIT : LIMIT;
  const send = () =>
    run(text, limit, async () => {
      await answerQuestion(question.id, clean(text), spoken && !sealed);
      draft.drop();
      onClose();
      onDone(t(sealed ? "sentPrivate" : "sent"));
    });
  const submit = (submitted: Event) => {
    submitted.preventDefault();
    void send();
  };
  const named = rolesAt(event).includes("surgeon") || me()?.surgeon;
  const hint = sealed ? t("privateHint") : spoken ? t("spokenHint") : t(named ? "wordsHint" : "wordsHintOffice");
  return (
    <form class="stack" onSubmit={submit}>
      {!sealed && <Tick label={t("spoken")} checked={spoken} onChange={(on) => draft.write({ text, spoken: on })} />}
      <TextBox
        label={t("words")}
        hint={hint}
        rows={4}
        limit={limit}
        error={error}
        value={text}
        onInput={(typed) => draft.write({ text: typed, spoken })}
      />
      <p class="row">
        <Button type="submit" look="main" busy={busy}>
          {t(sealed ? "sendPrivate" : "send")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </p>
    </form>
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
    run("-", LIMIT, async () => {
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
      {doing === "edit" && <EditForm answer={answer} sealed={sealed} onDone={onDone} onClose={() => setDoing("")} />}
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

function EditForm({
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
  const { busy, error, run } = useSending();
  if (draft.value === null) return <Skeleton lines={3} />;
  const limit = sealed ? SEALED_LIMIT : LIMIT;
  const text = draft.value;
  const send = () =>
    run(text, limit, async () => {
      await changeAnswer(answer.id, clean(text));
      draft.drop();
      onClose();
      onDone(t(sealed ? "sentPrivate" : "changed"));
    });
  const submit = (submitted: Event) => {
    submitted.preventDefault();
    void send();
  };
  return (
    <form class="stack" onSubmit={submit}>
      <TextBox
        label={t("words")}
        hint={sealed ? t("privateHint") : ""}
        rows={4}
        limit={limit}
        error={error}
        value={text}
        onInput={draft.write}
      />
      <p class="row">
        <Button type="submit" look="main" busy={busy}>
          {t("save")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </p>
    </form>
  );
}

/** Sends words that are neither none nor too many, and says what stood in the way. */
export function useSending() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (text: string, limit: number, work: () => Promise<void>) => {
    const length = [...clean(text)].length;
    if (busy) return;
    setError(length === 0 ? t("empty") : length > limit ? t("tooLong") : null);
    if (length === 0 || length > limit) return;
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
