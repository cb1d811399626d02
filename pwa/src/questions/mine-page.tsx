import "./style.css";
import type { ComponentChildren } from "preact";
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

/** Every question asked from this phone, how it stands, and what can be done with it; then what else was sent. */
export function MinePage({ first, children }: { first?: ComponentChildren; children?: ComponentChildren }) {
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
  const all = receipts.value;
  const own = all.filter(({ secret }) => secret.kind === "question");
  return (
    <div class="stack-wide mine">
      <Title>{t("mineTitle")}</Title>
      {all.length === 0 && (
        <Empty title={t("mineNone")}>
          <p>{t("mineNoneHint")}</p>
        </Empty>
      )}
      {all.length > 0 && (
        <p class="row between">
          <span class="muted">{t("mineLead")}</span>
          <Button busy={busy} onClick={() => void look()}>
            {t("checked")}
          </Button>
        </p>
      )}
      {first}
      <ul class="cards">
        {own.map((receipt) => (
          <li key={receipt.id}>
            <Mine receipt={receipt} question={publicly(receipt, shown)} />
          </li>
        ))}
      </ul>
      {children}
      <Opening onOpened={() => void look()} />
      <p>
        <a href="/settings">{t("forgetPhone")}</a>
      </p>
    </div>
  );
}

/** The question as everybody sees it, or the one it was joined with: just read, or last shown on this phone. */
function publicly({ session, id, standing, into }: Receipt, shown: ReadonlyMap<string, Question>) {
  const wanted = (standing === "merged" && into) || id;
  const live = copyOf<SessionLive>(livePath(session.code)).value.value;
  return shown.get(wanted) ?? live?.questions.find((question) => question.id === wanted);
}

function Opening({ onOpened }: { onOpened: () => void }) {
  const [open, setOpen] = useState(false);
  const code = useLazy(() => import("../safety/open-by-words"), open);
  const page = useCopy<Page<EventCard>>(EVENTS).value;
  const day = dayHere();
  const events: KnownEvent[] = [...(day ? [day] : []), ...(page?.results.filter(({ id }) => id !== day?.id) ?? [])];
  if (!canAsk) return <Notice kind="warn" title={t("insecureTitle")} />;
  return (
    <details class="card fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("openWords")}</summary>
      {code ? <code.OpenByWords events={events} onOpened={onOpened} /> : <p class="hint">{t("openNeeds")}</p>}
    </details>
  );
}
