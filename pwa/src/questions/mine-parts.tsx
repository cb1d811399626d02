import { useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { Button, Notice, PlainText, Status } from "../lib/ui";
import type { Question } from "../lib/wire";
import { isStuck, waiting } from "../safety/kept";
import { isPaused } from "../safety/pause";
import type { Receipt, Standing } from "../safety/receipts";
import { AnswerList, QuestionWords } from "./answers";
import { changingKey, sendingKey } from "./calls";
import { t } from "./mine-words";
import { t as state } from "./state-words";

/** One own question: its state in words, what happens next, and what can be done. `question`: as others see it. */
export function Mine({ receipt, question }: { receipt: Receipt; question: Question | undefined }) {
  const { session, text, standing, refusal, reply } = receipt;
  const acts = useLazy(() => import("./mine-acts"), true);
  const merged = standing === "merged";
  const answers = merged || standing === "shown" ? (question?.answers ?? []) : [];
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
          <ToLead receipt={receipt} />
        </Notice>
      )}
      {merged && question ? (
        <div class="joined">
          <QuestionWords question={question} />
        </div>
      ) : (
        <AnswerList answers={answers} />
      )}
      {acts && <acts.Acts receipt={receipt} answered={answers.length > 0} />}
    </article>
  );
}

/** Sealed does not mean beyond complaint. */
function ToLead({ receipt }: { receipt: Receipt }) {
  const [open, setOpen] = useState(false);
  const code = useLazy(() => import("../safety/show-lead"), open);
  if (receipt.told === receipt.reply) return <p>{t("told")}</p>;
  if (open && code) return <code.ShowLead receipt={receipt} onDone={() => setOpen(false)} />;
  return (
    <p>
      <Button look="link" onClick={() => setOpen(true)}>
        {t("toLead")}
      </Button>
      {open && <span class="hint">{t("openNeeds")}</span>}
    </p>
  );
}

const LOOK: Record<Standing, "plain" | "good" | "warn"> = {
  waiting: "warn",
  refused: "warn",
  held: "plain",
  shown: "good",
  returned: "warn",
  hidden: "warn",
  merged: "plain",
  withdrawn: "plain",
};

function State({ receipt: { standing, id }, answered }: { receipt: Receipt; answered: boolean }) {
  if (answered) return <Status kind="good">{state("answered")}</Status>;
  const moving = standing === "waiting" && waiting.value.has(sendingKey(id)) && !isStuck(sendingKey(id));
  const word = standing === "refused" ? state("refusedState") : moving ? state("onItsWay") : state(standing);
  return <Status kind={LOOK[standing]}>{word}</Status>;
}

function Next({ receipt, answered }: { receipt: Receipt; answered: boolean }) {
  const { standing, audience, reason, note } = receipt;
  const toSurgeons = audience === "surgeons";
  const words: Record<Standing, string> = {
    waiting: t(isPaused(receipt.session.code) ? "paused" : "waitingNext"),
    refused: "",
    held: t(toSurgeons ? "heldSurgeons" : "heldNext"),
    shown: t(toSurgeons ? "shownSurgeons" : answered ? "shownAnswered" : "shownNext"),
    returned: t("returnedNext"),
    hidden: t("hiddenNext"),
    merged: t("mergedNext"),
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
