import { useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { go } from "../lib/router";
import { Button } from "../lib/ui";
import { waiting } from "../safety/kept";
import { WrittenDown } from "../safety/receipt-card";
import { forget, type Receipt } from "../safety/receipts";
import { changingKey } from "./calls";
import { t } from "./mine-words";
import { change, compose, withdraw } from "./outbox";

/** What can be done with one's own question, depending on how it stands. */
export function Acts({ receipt, answered }: { receipt: Receipt; answered: boolean }) {
  const [doing, setDoing] = useState<"edit" | "withdraw" | "">("");
  const { standing } = receipt;
  if (waiting.value.has(changingKey(receipt.id)) && standing !== "refused") return null;
  if (doing === "edit") return <Edit receipt={receipt} onDone={() => setDoing("")} />;
  if (doing === "withdraw") return <Sure receipt={receipt} onDone={() => setDoing("")} />;
  const unsent = standing === "waiting" || standing === "refused";
  const sent = standing === "held" || standing === "shown" || standing === "returned";
  return (
    <>
      <p class="row">
        {unsent && (
          <Button onClick={() => void compose(receipt).then(() => go(`/s/${receipt.session.code}/ask`))}>
            {t("compose")}
          </Button>
        )}
        {unsent && <Button onClick={() => void withdraw(receipt)}>{t("takeBack")}</Button>}
        {sent && !answered && <Button onClick={() => setDoing("edit")}>{t("edit")}</Button>}
        {(sent || standing === "hidden" || standing === "merged") && (
          <Button onClick={() => setDoing("withdraw")}>{t("withdraw")}</Button>
        )}
      </p>
      <details class="fold">
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
  const code = useLazy(() => import("../safety/edit-form"), true);
  if (!code) return null;
  const send = (text: string) => change(receipt, text);
  return <code.EditForm receipt={receipt} label={t("editLabel")} hint={t("editHint")} send={send} onDone={onDone} />;
}

function Sure({ receipt, onDone }: { receipt: Receipt; onDone: () => void }) {
  return (
    <div class="notice warn" role="alert">
      <p class="notice-title">{t("sure")}</p>
      <p class="row">
        <Button look="danger" onClick={() => void withdraw(receipt).then(onDone)}>
          {t("sureYes")}
        </Button>
        <Button onClick={onDone}>{t("sureNo")}</Button>
      </p>
    </div>
  );
}
