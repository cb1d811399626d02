import { signal } from "@preact/signals";
import { folded } from "../lib/text";
import { dayName, dayShort, nowIn } from "../lib/time";
import { Button, Empty, Far, TextBox, Title } from "../lib/ui";
import type { EventDay, SessionCard } from "../lib/wire";
import { byHour, byRoom, clash, days, type Filter, type Group, NO_FILTER, openingDay, pieces, sift } from "./day";
import { WithEvent } from "./event";
import { Filters } from "./filters";
import { SessionRow } from "./parts";
import { stars } from "./stars";
import { t } from "./words";

/** Rows drawn together: a screen and a half of them at most. */
const PIECE = 8;
const ROW_REM = 6;

interface Look {
  event: string;
  order: "time" | "room";
  /** "" until somebody chooses: then the programme opens at today. */
  day: string;
  filter: Filter;
}

/** How somebody last looked at the programme; it is still so when they come back to it. */
const look = signal<Look>({ event: "", order: "time", day: "", filter: NO_FILTER });

export function ProgrammePage({ event }: { event: string }) {
  return <WithEvent event={event}>{(day) => <Programme event={day} />}</WithEvent>;
}

function Programme({ event }: { event: EventDay }) {
  if (look.value.event !== event.id) look.value = { event: event.id, order: "time", day: "", filter: NO_FILTER };
  const { filter } = look.value;
  const change = (some: Partial<Filter>) => {
    look.value = { ...look.peek(), filter: { ...filter, ...some } };
  };
  return (
    <div class="programme">
      <Title above={event.title}>{t("programmeTitle")}</Title>
      {event.sessions.length === 0 ? (
        <Empty title={t("noSessions")}>
          <p>{t("noSessionsHint")}</p>
        </Empty>
      ) : (
        <>
          <search class="programme-find">
            <TextBox
              label={t("search")}
              hint={t("searchHint")}
              type="search"
              value={filter.words}
              onInput={(words) => change({ words })}
            />
            <Filters event={event} filter={filter} onChange={change} />
          </search>
          <People event={event} words={filter.words} />
          <Sessions event={event} />
        </>
      )}
    </div>
  );
}

/** Surgeons whose name fits what is typed. */
function People({ event, words }: { event: EventDay; words: string }) {
  const wanted = folded(words.trim());
  const found = wanted.length < 2 ? [] : event.surgeons.filter((one) => folded(one.name).includes(wanted)).slice(0, 5);
  if (found.length === 0) return null;
  return (
    <p class="found-people">
      {t("people")}:{" "}
      {found.map((one) => (
        <a key={one.id} href={`/e/${event.slug}/surgeons/${one.id}`} dir="auto">
          {one.name}
        </a>
      ))}
    </p>
  );
}

function Sessions({ event }: { event: EventDay }) {
  const now = nowIn(event);
  const { order, filter } = look.value;
  const all = days(event.sessions);
  const day = all.includes(look.value.day) ? look.value.day : openingDay(event, now);
  const searching = filter !== NO_FILTER && JSON.stringify(filter) !== JSON.stringify(NO_FILTER);
  const found = sift(event.sessions, filter, stars.value).filter((one) => searching || one.day === day);
  const groups = order === "time" ? byHour(found, event.timezone) : byRoom(found, event.rooms, t("noRoom"));
  return (
    <>
      {!searching && all.length > 1 && <Days days={all} open={day} />}
      <div class="row between programme-order">
        <span class="muted" role="status">
          {t("found", { n: found.length })}
        </span>
        <span class="row">
          {(["time", "room"] as const).map((one) => (
            <Button
              key={one}
              pressed={one === order}
              onClick={() => {
                look.value = { ...look.peek(), order: one };
              }}
            >
              {t(one === "time" ? "byTime" : "byRoom")}
            </Button>
          ))}
        </span>
      </div>
      {found.length === 0 && (
        <Empty title={t("noneFound")}>
          <p>{t("noneFoundHint")}</p>
          <Button
            onClick={() => {
              look.value = { ...look.peek(), filter: NO_FILTER };
            }}
          >
            {t("clear")}
          </Button>
        </Empty>
      )}
      {!searching && order === "time" && <ToNow groups={groups} now={now} />}
      {groups.map((group, at) => (
        <Hour
          key={group.key}
          event={event}
          group={group}
          first={at < 2}
          mixed={searching || order === "room"}
          now={now}
        />
      ))}
    </>
  );
}

/** A way to what is on now, for a programme that began earlier. Nothing scrolls by itself. */
function ToNow({ groups, now }: { groups: Group[]; now: number }) {
  const running = groups.find((group) => group.sessions.some((one) => Date.parse(one.ends) > now));
  if (!running || running === groups[0]) return null;
  return (
    <Button look="link" onClick={() => document.getElementById(running.key)?.scrollIntoView()}>
      {t("goToNow")}
    </Button>
  );
}

function Days({ days, open }: { days: string[]; open: string }) {
  return (
    <div class="days" role="group" aria-label={t("day")}>
      {days.map((day) => (
        <Button
          key={day}
          pressed={day === open}
          label={dayName(day)}
          onClick={() => {
            look.value = { ...look.peek(), day };
          }}
        >
          {dayShort(day)}
        </Button>
      ))}
    </div>
  );
}

interface HourProps {
  event: EventDay;
  group: Group;
  first: boolean;
  /** Sessions of several days may be on screen, so each says its day. */
  mixed: boolean;
  now: number;
}

/** One hour (or room) of the programme under a heading that stays in sight. */
function Hour({ event, group, first, mixed, now }: HourProps) {
  const several = days(event.sessions).length > 1;
  const name = group.key.replace(/^\d{4}-\d\d-\d\d /, "");
  const day = group.key !== name && mixed && several ? dayShort(group.key.slice(0, 10)) : "";
  return (
    <section class="hour" id={group.key}>
      <h2>{day ? `${day}, ${name}` : name}</h2>
      {pieces(group.sessions, PIECE).map((piece, at) => (
        <Far
          key={piece[0]?.id}
          name={`${piece[0]?.id} ${piece.length}`}
          guess={piece.length * ROW_REM}
          near={first && at === 0}
        >
          {() => (
            <ul class="sessions">
              {piece.map((one) => (
                <Row key={one.id} event={event} session={one} mixed={mixed && several} now={now} />
              ))}
            </ul>
          )}
        </Far>
      ))}
    </section>
  );
}

function Row({ event, session, mixed, now }: { event: EventDay; session: SessionCard; mixed: boolean; now: number }) {
  const other = clash(session, event.sessions, stars.value);
  const on = Date.parse(session.starts) <= now && now < Date.parse(session.ends) && session.state === "planned";
  return (
    <SessionRow
      session={session}
      zone={event.timezone}
      time={mixed ? "day" : "span"}
      now={now}
      mark={on}
      note={other && t("clash", { title: other.title })}
    />
  );
}
