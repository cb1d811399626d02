import { useEffect } from "preact/hooks";
import { refresh, useCopy } from "../lib/copies";
import { go } from "../lib/router";
import { dayKey, longDay } from "../lib/time";
import { Empty, Reading, Status, Title } from "../lib/ui";
import type { EventCard, Page } from "../lib/wire";
import { EVENTS } from "./calls";
import { eventLine } from "./parts";
import { t } from "./words";

let cameIn = true;

/** All published events; with just one, the first visit goes straight to it. */
export function EventsPage() {
  const copy = useCopy<Page<EventCard>>(EVENTS);
  const only = copy.value?.results.length === 1 ? copy.value.results[0] : undefined;
  useEffect(() => {
    if (only && cameIn) go(`/e/${only.slug}`, { replace: true });
    if (copy.value) cameIn = false;
  }, [only, copy.value]);
  return (
    <Reading copy={copy} again={() => void refresh(EVENTS)}>
      {({ results }) => (
        <>
          <Title>{t("eventsTitle")}</Title>
          {results.length === 0 ? (
            <Empty title={t("eventsNone")}>
              <p>{t("eventsNoneHint")}</p>
            </Empty>
          ) : (
            <div class="stack">
              <p>{t("eventsLead")}</p>
              <ul class="sessions">
                {results.map((event) => (
                  <EventRow event={event} key={event.id} />
                ))}
              </ul>
            </div>
          )}
        </>
      )}
    </Reading>
  );
}

function EventRow({ event }: { event: EventCard }) {
  return (
    <li class="session-row">
      <p class="session-time">
        {eventLine(event, eventDays(event))}{" "}
        {event.state === "cancelled" && <Status kind="wrong">{t("cancelled")}</Status>}
      </p>
      <a href={`/e/${event.slug}`} dir="auto">
        {event.title}
      </a>
      <p class="session-about" dir="auto">
        {event.tagline}
      </p>
    </li>
  );
}

/** "Saturday 22 November", or first and last day. */
export function eventDays(event: EventCard): string {
  const first = longDay(event.starts, event.timezone);
  const last = longDay(event.ends, event.timezone);
  return dayKey(event.starts, event.timezone) === dayKey(event.ends, event.timezone) ? first : `${first} – ${last}`;
}
