import { useLazy } from "../lib/lazy";
import { Notice, PlainText, Status } from "../lib/ui";
import type { Question } from "../lib/wire";
import { isStuck, waiting } from "../safety/kept";
import type { Receipt, Standing } from "../safety/receipts";
import { AnswerList } from "./answers";
import { changingKey, sendingKey } from "./calls";
import { t } from "./mine-words";
import { t as state } from "./state-words";

/** One own question: its state in words, what happens next, and what can be done. */
export function Mine({ receipt, question }: { receipt: Receipt; question: Question | undefined }) {
  const { session, text, standing, refusal, reply } = receipt;
  const acts = useLazy(() => import("./mine-acts"), true);
  const answers = standing === "shown" ? (question?.answers ?? []) : [];
  return (
    <article class="card stack">
      <p class="row between">
        <a href={`/s/${session.code}`} dir="auto">
          {session.title}
        </a>
        <State receipt={receipt} answered={answers.length > 0 || reply !== ""} />
      </p>
      {text ? <PlainText text={text} /> : <p class="muted">{state("noText")}</p>}
      <Next receipt={receipt} answered={answers.length > 0} />
      {refusal && standing !== "withdrawn" && (
        <Notice kind="warn">
          <p>{refusal}</p>
        </Notice>
      )}
      {waiting.value.has(changingKey(receipt.id)) && <Notice title={t("changing")} />}
      {reply && (
        <Notice kind="good" title={t("reply")}>
          <PlainText text={reply} />
          <p class="hint">{t("replyHint")}</p>
        </Notice>
      )}
      <AnswerList answers={answers} />
      {acts && <acts.Acts receipt={receipt} answered={answers.length > 0} />}
    </article>
  );
}

const LOOK: Record<Standing, "plain" | "good" | "warn"> = {
  waiting: "warn",
  refused: "warn",
  held: "plain",
  shown: "good",
  returned: "warn",
  hidden: "warn",
  withdrawn: "plain",
};

function State({ receipt: { standing, id }, answered }: { receipt: Receipt; answered: boolean }) {
  if (answered) return <Status kind="good">{state("answered")}</Status>;
  const moving = standing === "waiting" && waiting.value.has(sendingKey(id)) && !isStuck(sendingKey(id));
  const word = standing === "refused" ? state("refusedState") : moving ? state("onItsWay") : state(standing);
  return <Status kind={LOOK[standing]}>{word}</Status>;
}

function Next({ receipt: { standing, audience, reason, note }, answered }: { receipt: Receipt; answered: boolean }) {
  const toSurgeons = audience === "surgeons";
  const words: Record<Standing, string> = {
    waiting: t("waitingNext"),
    refused: "",
    held: t(toSurgeons ? "heldSurgeons" : "heldNext"),
    shown: t(toSurgeons ? "shownSurgeons" : answered ? "shownAnswered" : "shownNext"),
    returned: t("returnedNext"),
    hidden: t("hiddenNext"),
    withdrawn: t("withdrawnNext"),
  };
  return (
    <div class="small">
      {reason && <p>{t(reason)}</p>}
      {note && <p dir="auto">{t("said", { note })}</p>}
      {words[standing] && <p class="muted">{words[standing]}</p>}
    </div>
  );
}
