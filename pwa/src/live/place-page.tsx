import { useEffect, useState } from "preact/hooks";
import { HoldForm } from "../bookings/hold-form";
import { seatsWords } from "../bookings/line-words";
import type { Asked } from "../bookings/outbox";
import { lines, placeAt } from "../bookings/own";
import { Ticket } from "../bookings/ticket";
import { t } from "../bookings/words";
import { refresh, useCopy } from "../lib/copies";
import { canAsk } from "../lib/secure";
import { nowIn } from "../lib/time";
import { LinkButton, Notice, Reading, Title } from "../lib/ui";
import type { EventDay, Session, SessionLive } from "../lib/wire";
import { eventPath } from "../programme/calls";
import { read, receipts, useKept } from "../safety/kept";
import { livePath } from "../safety/pause";
import type { PlaceReceipt } from "../safety/receipts";
import { useAround } from "./around";
import { useLines } from "./place-lines";

/** Holding a place at one session; then the place itself. */
export function PlacePage({ code }: { code: string }) {
  const path = livePath(code);
  const copy = useCopy<SessionLive>(path);
  const session = copy.value?.session;
  const spare = useAround(code, session, session === undefined && copy.standing === "offline");
  useKept();
  if (session ?? spare) return <Place session={(session ?? spare) as Session} />;
  return (
    <Reading copy={copy} again={() => void refresh(path)}>
      {() => null}
    </Reading>
  );
}

function Place({ session }: { session: Session }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const own = useOwn(session.id, asked);
  useLines(session.event.id);
  useEffect(() => {
    if (!asked) return;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("#main h1")?.focus();
  }, [asked]);
  if (!read.value) return null;
  const above = <span dir="auto">{t("for", { title: session.title })}</span>;
  if (!own)
    return (
      <div class="stack">
        <Title above={above}>{t("title")}</Title>
        <Holding session={session} onAsked={setAsked} />
      </div>
    );
  return (
    <div class="stack">
      <Title above={above}>{t("yours")}</Title>
      <Ticket receipt={own} cancelled={session.state === "cancelled"} onAgain={() => setAsked(null)} />
      <p class="hint">{t(asked && !asked.durable ? "keptNot" : "kept")}</p>
      <p class="row">
        <LinkButton href={`/s/${session.code}`}>{t("toSession")}</LinkButton>
        <LinkButton href="/mine">{t("toMine")}</LinkButton>
      </p>
    </div>
  );
}

/** The place of this phone here: as it was just made, or as it is kept. One that was forgotten is not shown. */
function useOwn(session: string, asked: Asked | null): PlaceReceipt | undefined {
  const made = receipts.value.find(({ id }) => id === asked?.receipt.id) as unknown as PlaceReceipt | undefined;
  return made ?? placeAt(session);
}

function Holding({ session, onAsked }: { session: Session; onAsked: (asked: Asked) => void }) {
  const day = useCopy<EventDay>(eventPath(session.event.slug)).value;
  const line = lines.value.get(session.id);
  const over = Date.parse(session.ends) < nowIn(day ?? { clock_offset: 0 });
  const closed = over || day?.closed || session.state === "cancelled";
  if (closed) return <Off session={session} title={t("closed")} hint={t("closedHint")} />;
  if (session.capacity === null && session.kind !== "surgery")
    return <Off session={session} title={t("noNeed")} hint={t("noNeedHint")} />;
  if (!canAsk) return <Off session={session} title={t("insecure")} hint={t("insecureHint")} />;
  return (
    <>
      <p>{seatsWords(line) ?? t("turnUp")}</p>
      <HoldForm session={session} labels={day?.labels ?? []} line={line} onAsked={onAsked} />
    </>
  );
}

function Off({ session, title, hint }: { session: Session; title: string; hint: string }) {
  return (
    <>
      <Notice kind="warn" title={title}>
        <p>{hint}</p>
      </Notice>
      <LinkButton href={`/s/${session.code}`}>{t("toSession")}</LinkButton>
    </>
  );
}
