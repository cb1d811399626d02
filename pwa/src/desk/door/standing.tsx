import { Button, Notice } from "../../lib/ui";
import { dropArrival, dropTicket, headsSent, type Kept, sparesOf, waitingOf } from "./kept";
import { heardLate, look, standing } from "./sending";
import { t } from "./words";

/** What has reached the server and what has not, and what somebody has to look at. */
export function Standing({ event, kept }: { event: string; kept: Kept }) {
  const waiting = waitingOf(kept).length;
  const offline = standing.value === "offline";
  return (
    <>
      <p class="small" role="status">
        {offline && <strong>{t("noSignal")} </strong>}
        {waiting > 0 && t("waits", { n: waiting })}
      </p>
      {standing.value === "refused" && <Notice kind="wrong">{t("refused")}</Notice>}
      <div role="status" class="small">
        {heardLate.value.map(({ ticket }) => (
          <p key={ticket}>{t("late", { n: ticket })}</p>
        ))}
      </div>
      <ToLookAt event={event} kept={kept} />
    </>
  );
}

/** Nothing is to be done: all has arrived, and so many numbers lie ready. */
export function Ready({ kept }: { kept: Kept }) {
  const spares = sparesOf(kept).length;
  return (
    <p class="small muted">
      {waitingOf(kept).length === 0 && t("sent")} {spares > 0 && t("ready", { n: spares })}
    </p>
  );
}

function ToLookAt({ event, kept: { tickets, arrivals, heads } }: { event: string; kept: Kept }) {
  const given = tickets.filter(({ refused }) => refused !== undefined);
  const came = arrivals.filter(({ outcome }) => outcome !== undefined);
  if (given.length + came.length === 0 && !heads?.refused) return null;
  const seen = (work: Promise<void>) => void work.then(() => look(event));
  return (
    <Notice kind="warn" title={t("look")}>
      <ul class="own-lines">
        {given.map(({ id, ticket, refused }) => (
          <li key={id} class="stack">
            <p>{t("lookTicket", { n: ticket, why: refused as string })}</p>
            <Seen about={String(ticket)} onSeen={() => seen(dropTicket(event, id))} />
          </li>
        ))}
        {came.map(({ ticket, outcome }) => (
          <li key={ticket} class="stack">
            <p>{t(outcome === "over" ? "didover" : "didunknown", { n: ticket })}</p>
            <Seen about={String(ticket)} onSeen={() => seen(dropArrival(event, ticket))} />
          </li>
        ))}
        {heads?.refused && (
          <li class="stack">
            <p>{t("lookHeads", { why: heads.refused })}</p>
            <Seen about={t("heads")} onSeen={() => seen(headsSent(event, heads))} />
          </li>
        )}
      </ul>
    </Notice>
  );
}

const Seen = ({ about, onSeen }: { about: string; onSeen: () => void }) => (
  <Button label={`${t("seen")}: ${about}`} onClick={onSeen}>
    {t("seen")}
  </Button>
);
