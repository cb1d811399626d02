import { useState } from "preact/hooks";
import { nowIn, when } from "../lib/time";
import { Button, Notice, Status } from "../lib/ui";
import type { QueueLine, SessionCard } from "../lib/wire";
import { dayHere } from "../programme/here";
import { isStuck, waiting } from "../safety/kept";
import { WrittenDown } from "../safety/receipt-card";
import { forget, type PlaceReceipt, type PlaceStanding } from "../safety/receipts";
import { holdingKey, placeKey } from "./calls";
import { Waiting } from "./line-words";
import { come, giveBack, startAgain } from "./outbox";
import { isOpen, lines } from "./own";
import { adopt } from "./style";
import { t } from "./words";

adopt();

interface Props {
  receipt: PlaceReceipt;
  /** Its session is known to be cancelled. */
  cancelled?: boolean;
  /** Called when somebody wants to hold another place instead. */
  onAgain: () => void;
}

/** One place of one's own: the number to say aloud, how it stands, what happens next and what can be done. */
export function Ticket({ receipt, cancelled, onAgain }: Props) {
  const { session, standing, ticket, labels = [], remote, refusal } = receipt;
  const printed = dayHere()?.sessions.find(({ id }) => id === session.id);
  const over = isOpen(receipt) && standing !== "called" && printed !== undefined && Date.parse(printed.ends) < now();
  const off = isOpen(receipt) && standing !== "called" && !over && (cancelled || printed?.state === "cancelled");
  const open = isOpen(receipt) && !over && !off;
  const soon = !printed || Date.parse(printed.starts) - now() < SOON;
  const line = lines.value.get(session.id);
  const wishes = [labels.length > 0 && t("asked", { labels: labels.join(", ") }), remote && t("fromHome")];
  return (
    <article class={`card stack place ${standing}`}>
      <p class="row between">
        <a href={`/s/${session.code}`} dir="auto">
          {session.title}
        </a>
        <Status kind={off ? "wrong" : over ? "plain" : LOOK[standing]}>
          {off ? t("off") : over ? t("over") : stateOf(receipt)}
        </Status>
      </p>
      {printed && <p class="small muted">{whenAndWhere(printed)}</p>}
      {open && ticket && (
        <p class="ticket" translate={false}>
          <span class="small">{t("number")}</span>
          <strong>{ticket}</strong>
        </p>
      )}
      <div role="status">
        {off ? (
          <Off />
        ) : over ? (
          <p>{t("overNext")}</p>
        ) : (
          <Next receipt={receipt} line={line} soon={soon} surgery={!printed || printed.kind === "surgery"} />
        )}
      </div>
      {refusal && standing !== "withdrawn" && <Notice kind="warn">{refusal}</Notice>}
      {open && wishes.some(Boolean) && <p class="small muted">{wishes.filter(Boolean).join(" · ")}</p>}
      <Acts receipt={receipt} open={open} soon={soon} onAgain={onAgain} />
      <details class="fold">
        <summary>{t("more")}</summary>
        <div class="stack more">
          {open && <WrittenDown secret={receipt.secret} />}
          <Button onClick={() => void forget(receipt.id)}>{t("forget")}</Button>
        </div>
      </details>
    </article>
  );
}

/** Nothing will come of this place: what else there is. */
function Off() {
  const slug = dayHere()?.slug;
  return (
    <>
      <p>{t("offNext")}</p>
      <p>{t("offElse")}</p>
      {slug && (
        <p>
          <a href={`/e/${slug}/programme`}>{t("offSee")}</a>
        </p>
      )}
    </>
  );
}

/** Nobody comes earlier than this before it starts (ms). */
const SOON = 3 * 3_600_000;

const now = (): number => nowIn(dayHere() ?? { clock_offset: 0 });

const whenAndWhere = (printed: SessionCard): string =>
  [when(printed, dayHere()?.timezone ?? "UTC", now()), printed.room?.name].filter(Boolean).join(" · ");

const LOOK: Record<PlaceStanding, "plain" | "good" | "warn"> = {
  waiting: "warn",
  refused: "warn",
  listed: "warn",
  held: "good",
  here: "good",
  called: "good",
  served: "plain",
  left: "plain",
  withdrawn: "plain",
};

function stateOf({ standing, id }: PlaceReceipt): string {
  const moving = standing === "waiting" && waiting.value.has(holdingKey(id)) && !isStuck(holdingKey(id));
  return t(moving ? "sending" : standing);
}

interface NextProps {
  receipt: PlaceReceipt;
  line: QueueLine | undefined;
  soon: boolean;
  surgery: boolean;
}

function Next({ receipt, line, soon, surgery }: NextProps) {
  const { standing, remote, note, labels } = receipt;
  const n = receipt.ticket ?? "";
  if (standing === "called") {
    const place = line?.called.find(({ ticket }) => ticket === receipt.ticket)?.place || note;
    return (
      <>
        <p class="place-call" dir="auto">
          {place ? t("calledAt", { place }) : t("called")}
        </p>
        {note && note !== place && <p dir="auto">{note}</p>}
        <p>{remote ? t("calledRemote") : t("calledNext", { n })}</p>
      </>
    );
  }
  if (standing === "here")
    return (
      <>
        <p>{remote ? t("hereRemote") : surgery ? t("hereLine", { n }) : t("herePlain")}</p>
        {surgery && <Waiting line={line} wanted={labels} />}
      </>
    );
  if (standing === "held")
    return <p>{remote ? t("heldRemote") : soon ? t("heldNext", { n }) : t("heldLater", { n })}</p>;
  return standing === "refused" ? null : <p>{t(`${standing}Next`)}</p>;
}

interface ActsProps {
  receipt: PlaceReceipt;
  open: boolean;
  soon: boolean;
  onAgain: () => void;
}

/** What can be done with it, depending on how it stands. */
function Acts({ receipt, open, soon, onAgain }: ActsProps) {
  const [sure, setSure] = useState(false);
  const { id, standing, remote } = receipt;
  const key = placeKey(id);
  if (waiting.value.has(key))
    return <p role="status">{isStuck(key) ? t("tellingStuck", { n: receipt.ticket ?? "" }) : t("telling")}</p>;
  if (standing === "refused")
    return (
      <p>
        <Button onClick={() => void startAgain(receipt).then(onAgain)}>{t("startAgain")}</Button>
      </p>
    );
  if (!open || standing === "called") return null;
  if (standing === "waiting")
    return (
      <p>
        <Button onClick={() => void giveBack(receipt)}>{t("takeBack")}</Button>
      </p>
    );
  if (sure)
    return (
      <div class="notice warn" role="alert">
        <p class="notice-title">{t("sure")}</p>
        <p class="row">
          <Button look="danger" onClick={() => void giveBack(receipt).then(() => setSure(false))}>
            {t("sureYes")}
          </Button>
          <Button onClick={() => setSure(false)}>{t("sureNo")}</Button>
        </p>
      </div>
    );
  return (
    <p class="row">
      {standing !== "here" && soon && (
        <Button look="main" onClick={() => void come(receipt)}>
          {t(remote ? "imReady" : "imHere")}
        </Button>
      )}
      <Button onClick={() => setSure(true)}>{t("giveBack")}</Button>
    </p>
  );
}
