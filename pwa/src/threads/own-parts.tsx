import { useSignalEffect } from "@preact/signals";
import { useState } from "preact/hooks";
import { copyOf } from "../lib/copies";
import { useLazy } from "../lib/lazy";
import { go } from "../lib/router";
import { settings } from "../lib/settings";
import { Button, Notice, PlainText, Status } from "../lib/ui";
import type { Session, SessionLive } from "../lib/wire";
import { isStuck, ofSession, receipts, waiting } from "../safety/kept";
import { isPaused, livePath } from "../safety/pause";
import { forget, type Receipt, type Standing } from "../safety/receipts";
import { changingKey, sayingKey, withdrawingKey } from "./calls";
import type { Place } from "./draft";
import { change, compose, type SaidReceipt, withdraw } from "./outbox";
import { learnFromShown } from "./own";
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

/** Everything said from this phone, for My questions: a receipt may have been brought from another phone. */
export function SaidHere() {
  useSignalEffect(() => {
    for (const { session } of receipts.value) {
      const live = copyOf<SessionLive>(livePath(session.code)).value.value;
      if (live) void learnFromShown(session.id, live.comments);
    }
  });
  return (
    <section class="stack">
      <h2>{t("saidTitle")}</h2>
      <ul class="cards">
        {receipts.value
          .filter(({ secret }) => secret.kind === "comment")
          .map((receipt) => (
            <li key={receipt.id} class="card stack">
              <p>
                <a href={`/s/${receipt.session.code}#talk`} dir="auto">
                  {receipt.session.title}
                </a>
              </p>
              <Mine receipt={receipt} onCompose={() => go(`/s/${receipt.session.code}#talk`)} />
            </li>
          ))}
      </ul>
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
    ? t(isPaused(receipt.session.code) ? "paused" : "waitingNext")
    : standing === "held" || standing === "returned" || standing === "hidden"
      ? t(`${standing}Next`)
      : "";
  const again = standing === "refused" || unsent;
  const state = standing === "waiting" && !unsent ? t("sending") : t(standing);
  return (
    <div class="stack">
      {text ? <PlainText text={text} /> : <p class="muted">{t("noText")}</p>}
      <p role="status">
        <Status kind={LOOK[standing] ?? (unsent ? "warn" : "plain")}>{state}</Status>{" "}
        <span class="small">{[reason && t(reason), next].filter(Boolean).join(" ")}</span>
      </p>
      {note && <p dir="auto">{t("note", { note })}</p>}
      {refusal && <Notice kind="warn">{refusal}</Notice>}
      <p class="row">
        {again && text && (
          <Button onClick={() => void compose(receipt as SaidReceipt).then(onCompose)}>{t("again")}</Button>
        )}
        {standing !== "withdrawn" && !isSent(receipt) && <Withdraw receipt={receipt} />}
      </p>
      {isSent(receipt) && <OwnActs receipt={receipt} />}
      <details class="fold" onToggle={(event) => setMore(event.currentTarget.open)}>
        <summary>{t("more")}</summary>
        <div class="stack">
          {code && <code.WrittenDown secret={receipt.secret} />}
          <Button onClick={() => void forget(receipt.id)}>{t("forget")}</Button>
        </div>
      </details>
    </div>
  );
}

const LOOK: Partial<Record<Standing, "good" | "warn">> = {
  shown: "good",
  refused: "warn",
  returned: "warn",
  hidden: "warn",
};

/** What the server has, and takes other words for. */
const isSent = ({ standing }: Receipt) => standing === "held" || standing === "shown" || standing === "returned";

/** Other words for what one said, and the way to take it back. */
export function OwnActs({ receipt }: { receipt: Receipt }) {
  const [open, setOpen] = useState(false);
  const form = useLazy(() => import("../safety/edit-form"), open);
  const moving = waiting.value.has(changingKey(receipt.id));
  const send = (text: string) => change(receipt, text);
  const done = () => setOpen(false);
  if (open && form)
    return <form.EditForm receipt={receipt} label={t("editLabel")} hint={t("editHint")} send={send} onDone={done} />;
  return (
    <>
      {moving && (
        <span class="small" role="status">
          {t("changing")}
        </span>
      )}
      {!moving && receipt.text && (
        <Button look="link" onClick={() => setOpen(true)}>
          {t("edit")}
        </Button>
      )}
      <Withdraw receipt={receipt} />
    </>
  );
}

/** Takes one's own words back, in two steps. */
function Withdraw({ receipt }: { receipt: Receipt }) {
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
