import { useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { settings } from "../lib/settings";
import { Button, Notice, PlainText, Status } from "../lib/ui";
import type { Session } from "../lib/wire";
import { isStuck, ofSession, waiting } from "../safety/kept";
import { forget, type Receipt } from "../safety/receipts";
import { sayingKey, withdrawingKey } from "./calls";
import type { Place } from "./draft";
import { compose, type SaidReceipt, withdraw } from "./outbox";
import { t } from "./own-words";

/** One's own that others do not see here. "Leave quickly" puts them out of sight with My questions. */
export function Yours({ session, onCompose }: { session: Session; onCompose: (place: Place) => void }) {
  const own = settings.value.mineHidden ? [] : ofSession(session.id, "comment").filter(isUnseen);
  if (own.length === 0) return null;
  return (
    <section class="card stack yours" aria-label={t("yours")}>
      <p class="small muted">{t("yours")}</p>
      {own.map((receipt) => (
        <Mine key={receipt.id} receipt={receipt} onCompose={onCompose} />
      ))}
    </section>
  );
}

const isUnseen = ({ standing }: Receipt): boolean => standing !== "shown" && standing !== "withdrawn";

function Mine({ receipt, onCompose }: { receipt: Receipt; onCompose: (place: Place) => void }) {
  const { standing, text, reason, note, refusal } = receipt;
  const [more, setMore] = useState(false);
  const code = useLazy(() => import("../safety/receipt-card"), more);
  const unsent = standing === "waiting" && isStuck(sayingKey(receipt.id));
  const next = unsent
    ? t("waitingNext")
    : standing === "held" || standing === "returned" || standing === "hidden"
      ? t(`${standing}Next`)
      : "";
  const again = standing === "returned" || standing === "refused" || unsent;
  const state = standing === "waiting" && !unsent ? t("sending") : t(standing);
  return (
    <div class="stack">
      {text && <PlainText text={text} />}
      <p role="status">
        <Status kind={standing === "held" || state === t("sending") ? "plain" : "warn"}>{state}</Status>{" "}
        <span class="small">{[reason && t(reason), next].filter(Boolean).join(" ")}</span>
      </p>
      {note && <p dir="auto">{t("note", { note })}</p>}
      {refusal && <Notice kind="warn">{refusal}</Notice>}
      <p class="row">
        {again && text && (
          <Button onClick={() => void compose(receipt as SaidReceipt).then(onCompose)}>{t("again")}</Button>
        )}
        <Withdraw receipt={receipt} />
      </p>
      <details onToggle={(event) => setMore(event.currentTarget.open)}>
        <summary>{t("more")}</summary>
        <div class="stack">
          {code && <code.WrittenDown secret={receipt.secret} />}
          <Button onClick={() => void forget(receipt.id)}>{t("forget")}</Button>
        </div>
      </details>
    </div>
  );
}

/** Takes one's own words back, in two steps. */
export function Withdraw({ receipt }: { receipt: Receipt }) {
  const [sure, setSure] = useState(false);
  if (waiting.value.has(withdrawingKey(receipt.id)))
    return (
      <span class="small" role="status">
        {t("leaving")}
      </span>
    );
  if (!sure)
    return (
      <Button look="link" onClick={() => setSure(true)}>
        {t("withdraw")}
      </Button>
    );
  return (
    <span class="row" role="alert">
      <span>{t("sure")}</span>
      <Button look="danger" onClick={() => void withdraw(receipt).then(() => setSure(false))}>
        {t("sureYes")}
      </Button>
      <Button onClick={() => setSure(false)}>{t("sureNo")}</Button>
    </span>
  );
}
