import { place } from "../lib/router";
import { clock, nowIn } from "../lib/time";
import { Empty, Title } from "../lib/ui";
import type { EventDay, SessionCard } from "../lib/wire";
import { nowAndNext } from "../programme/day";
import { WithEvent } from "../programme/event";
import { Wall } from "./wall";
import { t } from "./words";

/** The wall of a day: of one room, whatever is on there; with one room there is nothing to choose. */
export function EventWallPage({ event }: { event: string }) {
  return <WithEvent event={event}>{(day) => <DayWall day={day} />}</WithEvent>;
}

function DayWall({ day }: { day: EventDay }) {
  const now = nowIn(day);
  const rooms = roomWalls(day, now);
  const { hash } = place.value;
  const only = rooms.length === 1 ? rooms[0] : undefined;
  const chosen = rooms.find(({ id }) => id === hash) ?? only;
  const path = `/e/${day.slug}`;
  if (chosen)
    return (
      <Wall
        key={chosen.session.code}
        code={chosen.session.code}
        back={only ? path : `${path}/wall`}
        backLabel={only ? undefined : t("choose")}
      />
    );
  return (
    <div class="stack">
      <Title above={day.title}>{t("chooseTitle")}</Title>
      {rooms.length === 0 ? (
        <Empty title={t("chooseNone")} />
      ) : (
        <>
          <p>{t("chooseHint")}</p>
          <ul class="wall-rooms">
            {rooms.map(({ id, name, session }) => (
              <li key={id}>
                <a href={id === session.id ? `/s/${session.code}/wall` : `${path}/wall#${id}`}>
                  <strong dir="auto">{name}</strong>
                  <span dir="auto">
                    {isOn(session, now)
                      ? t("onNow", { title: session.title })
                      : t("onNext", { time: clock(session.starts, day.timezone), title: session.title })}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const isOn = ({ starts, ends }: SessionCard, now: number) => Date.parse(starts) <= now && now < Date.parse(ends);

export interface RoomWall {
  /** Of the room; of the session where it has no room. */
  id: string;
  name: string;
  session: SessionCard;
}

/** Each room with the session its wall shows: what is on, else what comes next, else the last. Roomless ones alone. */
export function roomWalls(day: Pick<EventDay, "rooms" | "sessions">, now: number): RoomWall[] {
  const planned = day.sessions.filter(({ state }) => state === "planned");
  const rooms = day.rooms.flatMap(({ id, name }) => {
    const session = present(
      planned.filter(({ room }) => room?.id === id),
      now,
    );
    return session ? [{ id, name, session }] : [];
  });
  const known = new Set(day.rooms.map(({ id }) => id));
  const outside = nowAndNext(
    planned.filter(({ room }) => !room || !known.has(room.id)),
    now,
  );
  return [
    ...rooms,
    ...[...outside.now, ...outside.next].map((session) => ({ id: session.id, name: t("elsewhere"), session })),
  ];
}

function present(sessions: SessionCard[], now: number): SessionCard | undefined {
  const { now: on, next } = nowAndNext(sessions, now);
  const last = [...sessions].sort((one, other) => Date.parse(one.ends) - Date.parse(other.ends)).at(-1);
  return on[0] ?? next[0] ?? last;
}
