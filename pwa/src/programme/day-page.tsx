import { useState } from "preact/hooks";
import { settings } from "../lib/settings";
import { clock, dayWord, nowIn, when } from "../lib/time";
import { Button, Card, LinkButton, Notice, PlainText, Status, Title } from "../lib/ui";
import type { EventDay, SessionCard } from "../lib/wire";
import { eventQr } from "./calls";
import { type Moment, nowAndNext } from "./day";
import { WithEvent } from "./event";
import { eventDays } from "./events-page";
import { eventLine, SessionRow } from "./parts";
import { PassOn } from "./pass-on";
import { stars } from "./stars";
import { t } from "./words";

export function DayPage({ event }: { event: string }) {
  return <WithEvent event={event}>{(day) => <Day event={day} />}</WithEvent>;
}

function Day({ event }: { event: EventDay }) {
  const now = nowIn(event);
  const moment = nowAndNext(event.sessions, now);
  return (
    <div class="day">
      <Title above={eventLine(event, eventDays(event))}>{event.title}</Title>
      {event.state === "cancelled" && <Notice kind="warn">{t("cancelledEvent")}</Notice>}
      {event.rehearsal && <Notice kind="warn">{t("rehearsal")}</Notice>}
      {event.state === "draft" && <Status kind="warn">{t("draft")}</Status>}
      {event.tagline && (
        <p class="lead" dir="auto">
          {event.tagline}
        </p>
      )}
      {event.state !== "cancelled" && <AskSomewhere event={event} moment={moment} />}
      <Phase event={event} moment={moment} now={now} />
      <Stars event={event} now={now} />
      <Changes event={event} />
      <p class="section">
        <LinkButton href={`/e/${event.slug}/programme`}>{t("allProgramme")}</LinkButton>
      </p>
      <Card class="section help-card">
        <p>
          <strong>{t("helpCard")}</strong>
          <br />
          <a href="/help">{t("helpCardLink")}</a>
        </p>
      </Card>
      {event.about && (
        <section class="section">
          <h2>{t("aboutDay")}</h2>
          <PlainText text={event.about} />
        </section>
      )}
      <PassOn title={event.title} path={`/e/${event.code || event.slug}`} code={event.code} qr={eventQr(event.slug)} />
    </div>
  );
}

/** What is on and what comes next, or where in time the day stands. */
function Phase({ event, moment, now }: { event: EventDay; moment: Moment; now: number }) {
  const zone = event.timezone;
  const first = moment.next[0];
  const nextTime = first && `${dayWord(first.starts, zone, now)} ${clock(first.starts, zone)}`;
  return (
    <>
      {moment.phase === "before" && first && <p class="section">{t("before", { when: nextTime ?? "" })}</p>}
      {moment.phase === "over" && <p class="section">{t("over")}</p>}
      {moment.phase === "during" && (
        <section class="section">
          <h2>{t("onNow")}</h2>
          {moment.now.length === 0 && <p class="muted">{t("nothingNow")}</p>}
          <ul class="sessions">
            {moment.now.map((one) => (
              <SessionRow key={one.id} session={one} zone={zone} time="until" now={now} />
            ))}
          </ul>
        </section>
      )}
      {first && (
        <section class="section">
          <h2>
            {t("next", {
              time:
                dayWord(first.starts, zone, now) === dayWord(now, zone, now)
                  ? clock(first.starts, zone)
                  : (nextTime ?? ""),
            })}
          </h2>
          <ul class="sessions">
            {moment.next.slice(0, 12).map((one) => (
              <SessionRow key={one.id} session={one} zone={zone} time="span" now={now} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The one main action: straight to the session that is on, or a choice of a few. */
function AskSomewhere({ event, moment }: { event: EventDay; moment: Moment }) {
  const [open, setOpen] = useState(false);
  const choice = [...moment.now, ...moment.next].slice(0, 8);
  const [only] = moment.now.length === 1 ? moment.now : [];
  if (only) {
    return (
      <p class="ask-here">
        <LinkButton look="main" href={`/s/${only.code}/ask`}>
          {t("ask")}
        </LinkButton>
        <span class="hint">{t("askHint")}</span>
      </p>
    );
  }
  if (choice.length === 0) return null;
  return (
    <div class="ask-here">
      <Button look="main" expanded={open} onClick={() => setOpen(!open)}>
        {t("ask")}
      </Button>
      <span class="hint">{t("askHint")}</span>
      {open && <AskList event={event} sessions={choice} />}
    </div>
  );
}

function AskList({ event, sessions }: { event: EventDay; sessions: SessionCard[] }) {
  return (
    <Card>
      <h2>{t("askWhich")}</h2>
      <ul class="ask-list">
        {sessions.map((one) => (
          <li key={one.id}>
            <a href={`/s/${one.code}/ask`} dir="auto">
              {one.title}
            </a>
          </li>
        ))}
        <li>
          <a href={`/e/${event.slug}/programme`}>{t("askOther")}</a>
        </li>
      </ul>
    </Card>
  );
}

function Stars({ event, now }: { event: EventDay; now: number }) {
  const mine = event.sessions.filter((one) => stars.value.has(one.id) && Date.parse(one.ends) > now);
  if (mine.length === 0) return null;
  return (
    <section class="section">
      <h2>{t("myStars")}</h2>
      <ul class="sessions">
        {mine.map((one) => (
          <SessionRow key={one.id} session={one} zone={event.timezone} time="day" now={now} />
        ))}
      </ul>
    </section>
  );
}

function Changes({ event }: { event: EventDay }) {
  const gone = event.sessions.filter((one) => one.state === "cancelled");
  if (gone.length === 0 || settings.value.quiet) return null;
  return (
    <section class="section">
      <h2>{t("changes")}</h2>
      <ul class="bullets">
        {gone.slice(0, 10).map((one) => (
          <li key={one.id}>
            <a href={`/s/${one.code}`}>{t("isCancelled", { title: one.title })}</a>{" "}
            <span class="muted">{when(one, event.timezone, nowIn(event))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
