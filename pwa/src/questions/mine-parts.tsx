import { useState } from "preact/hooks";
import { Button, Notice, PlainText, Status, TextBox } from "../lib/ui";
import type { Question } from "../lib/wire";
import { isStuck, waiting } from "../safety/kept";
import { WrittenDown } from "../safety/receipt-card";
import { forget, type Receipt, type Standing } from "../safety/receipts";
import { AnswerList } from "./answers";
import { change, compose, isChanging, sendingKey, withdraw } from "./outbox";
import { t } from "./words";

/** One own question: its state in words, what happens next, and what can be done. */
export function Mine({ receipt, question }: { receipt: Receipt; question: Question | undefined }) {
  const { session, text, standing, refusal, reply } = receipt;
  const answers = standing === "shown" ? (question?.answers ?? []) : [];
  return (
    <article class="card stack">
      <p class="row between">
        <a href={`/s/${session.code}`} dir="auto">{session.title}</a>
        <State receipt={receipt} answered={answers.length > 0 || reply !== ""} />
      </p>
      {text ? <PlainText text={text} /> : <p class="muted">{t("noText")}</p>}
      <Next receipt={receipt} />
      {refusal && standing !== "withdrawn" && <Notice kind="warn"><p>{refusal}</p></Notice>}
      {isChanging(waiting.value, receipt) && <Notice title={t("changing")} />}
      {reply && (
        <Notice kind="good" title={t("reply")}>
          <PlainText text={reply} />
          <p class="hint">{t("replyHint")}</p>
        </Notice>
      )}
      <AnswerList answers={answers} />
      <Acts receipt={receipt} answered={answers.length > 0} />
    </article>
  );
}

const LOOK: Record<Standing, "plain" | "good" | "warn"> = {
  waiting: "warn", refused: "warn", held: "plain", shown: "good", returned: "warn", hidden: "warn", withdrawn: "plain",
};

function State({ receipt: { standing, id }, answered }: { receipt: Receipt; answered: boolean }) {
  if (answered) return <Status kind="good">{t("answered")}</Status>;
  const moving = standing === "waiting" && waiting.value.has(sendingKey(id)) && !isStuck(sendingKey(id));
  const word = standing === "refused" ? t("refusedState") : moving ? t("onItsWay") : t(standing);
  return <Status kind={LOOK[standing]}>{word}</Status>;
}

function Next({ receipt: { standing, audience, reason, note } }: { receipt: Receipt }) {
  const toSurgeons = audience === "surgeons";
  const words: Record<Standing, string> = {
    waiting: t("waitingNext"),
    refused: "",
    held: t(toSurgeons ? "heldSurgeons" : "heldNext"),
    shown: t(toSurgeons ? "shownSurgeons" : "shownNext"),
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

function Acts({ receipt, answered }: { receipt: Receipt; answered: boolean }) {
  const [doing, setDoing] = useState<"edit" | "withdraw" | "">("");
  const { standing } = receipt;
  if (isChanging(waiting.value, receipt) && standing !== "refused") return null;
  if (doing === "edit") return <Edit receipt={receipt} onDone={() => setDoing("")} />;
  if (doing === "withdraw") return <Sure receipt={receipt} onDone={() => setDoing("")} />;
  const unsent = standing === "waiting" || standing === "refused";
  const sent = standing === "held" || standing === "shown" || standing === "returned";
  return (
    <>
      <p class="row">
        {unsent && <Button onClick={() => void compose(receipt).then(() => location.assign(`/s/${receipt.session.code}/ask`))}>{t("compose")}</Button>}
        {unsent && <Button onClick={() => void withdraw(receipt)}>{t("takeBack")}</Button>}
        {sent && !answered && <Button onClick={() => setDoing("edit")}>{t("edit")}</Button>}
        {(sent || standing === "hidden") && <Button onClick={() => setDoing("withdraw")}>{t("withdraw")}</Button>}
      </p>
      <details>
        <summary>{t("more")}</summary>
        <div class="stack more">
          {standing !== "withdrawn" && <WrittenDown secret={receipt.secret} />}
          <Button onClick={() => void forget(receipt.id)}>{t("forgetOne")}</Button>
        </div>
      </details>
    </>
  );
}

function Edit({ receipt, onDone }: { receipt: Receipt; onDone: () => void }) {
  const [text, setText] = useState(receipt.text);
  const [error, setError] = useState<string | null>(null);
  const length = [...text.trim()].length;
  const send = () => {
    if (length === 0) return setError(t("empty"));
    if (length > 1000) return setError(t("tooLong"));
    void change(receipt, text).then(onDone);
  };
  return (
    <form class="stack" autocomplete="off" spellcheck={false} onSubmit={(event) => (event.preventDefault(), send())}>
      <TextBox label={t("editLabel")} hint={t("editHint")} error={error} rows={5} limit={1000} value={text} onInput={setText} />
      <p class="row">
        <Button type="submit" look="main">{t("editSend")}</Button>
        <Button onClick={onDone}>{t("sureNo")}</Button>
      </p>
    </form>
  );
}

function Sure({ receipt, onDone }: { receipt: Receipt; onDone: () => void }) {
  return (
    <div class="notice warn" role="alert">
      <p class="notice-title">{t("sure")}</p>
      <p class="row">
        <Button look="danger" onClick={() => void withdraw(receipt).then(onDone)}>{t("sureYes")}</Button>
        <Button onClick={onDone}>{t("sureNo")}</Button>
      </p>
    </div>
  );
}
