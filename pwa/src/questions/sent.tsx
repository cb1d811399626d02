import { useEffect } from "preact/hooks";
import { refresh } from "../lib/copies";
import { Button, LinkButton, Notice, PlainText, Title } from "../lib/ui";
import type { Session } from "../lib/wire";
import { isStuck, read, receipts, useKept } from "../safety/kept";
import { isPaused } from "../safety/pause";
import { ReceiptCard } from "../safety/receipt-card";
import type { Receipt } from "../safety/receipts";
import { livePath, sendingKey } from "./calls";
import { type Asked, compose } from "./outbox";
import { t } from "./sent-words";

/** After sending: what is happening to it, and the way back to it. */
export function Sent({ session, asked, onBack }: { session: Session; asked: Asked; onBack: () => void }) {
  useKept();
  useEffect(() => {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("#main h1")?.focus();
  }, []);
  const known = receipts.value.find(({ id }) => id === asked.receipt.id);
  const receipt = known ?? asked.receipt;
  return (
    <div class="stack">
      <Title>{t("sentTitle")}</Title>
      {known?.standing === "refused" ? (
        <Refused receipt={known} onBack={onBack} />
      ) : (
        <Progress receipt={receipt} forgotten={read.value && !known} first={session.review === "before"} />
      )}
      <div class="card" dir="auto">
        <PlainText text={receipt.text} />
      </div>
      <ReceiptCard receipt={asked.receipt} durable={asked.durable} />
      <p class="row">
        <LinkButton href={`/s/${session.code}`}>{t("toSession")}</LinkButton>
        <Button onClick={onBack}>{t("another")}</Button>
      </p>
    </div>
  );
}

/** A question forgotten here is sent all the same; only its progress is no longer told. */
function Progress({ receipt, forgotten, first }: { receipt: Receipt; forgotten: boolean; first: boolean }) {
  const stuck = isStuck(sendingKey(receipt.id));
  const { code } = receipt.session;
  // Why it waits: no signal, or the moderators have paused questions since this page was read.
  useEffect(() => void (stuck && refresh(livePath(code))), [stuck, code]);
  if (forgotten) return null;
  if (receipt.standing === "held")
    return <Notice kind="good" title={t(first || receipt.audience === "surgeons" ? "sent" : "sentAfter")} />;
  if (receipt.standing === "shown") return <Notice kind="good" title={t("sentShown")} />;
  if (isPaused(code)) return <Notice kind="warn" title={t("paused")} />;
  if (!stuck) return <Notice title={t("onItsWay")} />;
  return (
    <Notice kind="warn" title={t("notYet")}>
      <p>{t("notYetHint")}</p>
    </Notice>
  );
}

/** The server said no for good: the words go back into the box, with its reason. */
function Refused({ receipt, onBack }: { receipt: Receipt; onBack: () => void }) {
  return (
    <Notice kind="wrong" title={t("refused")}>
      <p>{receipt.refusal}</p>
      <Button look="main" onClick={() => void compose(receipt).then(onBack)}>
        {t("compose")}
      </Button>
    </Notice>
  );
}
