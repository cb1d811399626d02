import "./style.css";
import { useEffect, useState } from "preact/hooks";
import { copyOf, useCopy } from "../lib/copies";
import { useLazy } from "../lib/lazy";
import { canAsk } from "../lib/secure";
import { Button, Empty, Notice, Skeleton, Title } from "../lib/ui";
import type { EventCard, Page, Question, SessionLive } from "../lib/wire";
import { EVENTS } from "../programme/calls";
import { dayHere } from "../programme/here";
import { read, receipts, useKept } from "../safety/kept";
import type { KnownEvent } from "../safety/open-by-words";
import type { Receipt } from "../safety/receipts";
import { livePath } from "./calls";
import { Mine } from "./mine-parts";
import { t } from "./mine-words";

/** Every question asked from this phone, how it stands, and what can be done with it. */
export function MinePage() {
  useKept();
  const [shown, setShown] = useState<ReadonlyMap<string, Question>>(new Map());
  const [busy, setBusy] = useState(false);
  const look = async () => {
    setBusy(true);
    const { lookForNews } = await import("./news");
    setShown(await lookForNews());
    setBusy(false);
  };
  useEffect(() => void look(), []);
  if (!read.value) return <Skeleton lines={5} />;
  const own = receipts.value.filter(({ secret }) => secret.kind === "question");
  return (
    <div class="stack-wide mine">
      <Title>{t("mineTitle")}</Title>
      {own.length === 0 && (
        <Empty title={t("mineNone")}>
          <p>{t("mineNoneHint")}</p>
        </Empty>
      )}
      {own.length > 0 && (
        <>
          <p class="row between">
            <span class="muted">{t("mineLead")}</span>
            <Button busy={busy} onClick={() => void look()}>
              {t("checked")}
            </Button>
          </p>
          <ul class="cards">
            {own.map((receipt) => (
              <li key={receipt.id}>
                <Mine receipt={receipt} question={shown.get(receipt.id) ?? inSession(receipt)} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Opening />
      <p>
        <a href="/settings">{t("forgetPhone")}</a>
      </p>
    </div>
  );
}

/** The question as a session page of this phone last showed it. */
function inSession({ session, id }: Receipt): Question | undefined {
  const live = copyOf<SessionLive>(livePath(session.code)).value.value;
  return live?.questions.find((question) => question.id === id);
}

function Opening() {
  const [open, setOpen] = useState(false);
  const code = useLazy(() => import("../safety/open-by-words"), open);
  const page = useCopy<Page<EventCard>>(EVENTS).value;
  const day = dayHere();
  const events: KnownEvent[] = [...(day ? [day] : []), ...(page?.results.filter(({ id }) => id !== day?.id) ?? [])];
  if (!canAsk) return <Notice kind="warn" title={t("insecureTitle")} />;
  return (
    <details class="card fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("openWords")}</summary>
      {code && <code.OpenByWords events={events} />}
    </details>
  );
}
