import { useSignalEffect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { place, takeSecret } from "../lib/router";
import { canAsk } from "../lib/secure";
import { Button, LinkButton, PlainText, Title } from "../lib/ui";
import { openSecret } from "./opening";
import { t } from "./opening-words";
import { type Secret, secretFromFragment } from "./profile";
import type { Receipt } from "./receipts";

type State = "working" | "bad" | "none" | "offline" | Receipt;

/** A receipt brought by QR code. The router has erased the fragment before this page or any request began. */
export function ReceiptPage() {
  const [secret, setSecret] = useState<Secret | null>(() => secretFromFragment(takeSecret()));
  const [state, setState] = useState<State>(secret ? "working" : "bad");
  const open = (known: Secret) => {
    setState("working");
    openSecret(known).then(
      (receipt) => setState(receipt ?? "none"),
      () => setState("offline"),
    );
  };
  useEffect(() => {
    if (secret && canAsk) open(secret);
  }, [secret]);
  useSignalEffect(() => {
    if (place.value.path !== "/r") return;
    const another = takeSecret(); // a second code opened in the same tab
    if (!another) return;
    setSecret(secretFromFragment(another));
    setState("bad");
  });

  if (!canAsk) return <Said title={t("receiptTitle")} hint={t("receiptNoSecrets")} />;
  if (state === "working") return <Said title={t("receiptTitle")} hint={t("working")} />;
  if (state === "bad") return <Said title={t("receiptBad")} hint={t("receiptBadHint")} />;
  if (state === "none") return <Said title={t("receiptGone")} hint={t("receiptGoneHint")} />;
  if (state === "offline")
    return <Said title={t("receiptOffline")} hint={t("receiptOfflineHint")} again={() => secret && open(secret)} />;
  return <Opened receipt={state} />;
}

function Said({ title, hint, again }: { title: string; hint: string; again?: () => void }) {
  return (
    <div class="stack">
      <Title>{title}</Title>
      <p role="status">{hint}</p>
      {again && (
        <Button look="main" onClick={again}>
          {t("again")}
        </Button>
      )}
      <p>
        <a href="/mine">{t("mine")}</a>
      </p>
    </div>
  );
}

function Opened({ receipt }: { receipt: Receipt }) {
  return (
    <div class="stack">
      <Title>{t("receiptOpened")}</Title>
      <p role="status">{t("openDone")}</p>
      <p dir="auto">{receipt.session.title}</p>
      {receipt.text && <PlainText text={receipt.text} />}
      <LinkButton look="main" href="/mine">
        {t("mine")}
      </LinkButton>
    </div>
  );
}
