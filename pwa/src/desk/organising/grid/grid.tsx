import "./style.css";
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { clock, dayKey, dayName } from "../../../lib/time";
import { Empty } from "../../../lib/ui";
import type { EventDay, SessionCard } from "../../../lib/wire";
import { Select } from "../../parts";
import type { StaffCopy } from "../../reading";
import type { Clashes } from "../plan-calls";
import { Bar } from "./bar";
import { useDragging } from "./dragging";
import { Item } from "./item";
import { useMoving } from "./moving";
import { beside, daysOf, hoursOf, lanesOf, type Place, placeOf, QUARTER, stepped } from "./places";
import { t } from "./words";

/** The sessions of a day by room and time, each to be moved by keys, by buttons, or by a pointer. */
export function Grid(props: { event: EventDay; copy: StaffCopy<EventDay>; clashes: StaffCopy<Clashes> }) {
  if (props.event.sessions.length === 0) return <Empty title={t("none")} />;
  return <Plan {...props} />;
}

function Plan({ event, copy, clashes }: { event: EventDay; copy: StaffCopy<EventDay>; clashes: StaffCopy<Clashes> }) {
  const moving = useMoving(event, () => Promise.all([copy.again(), clashes.again()]));
  const { lifted, saving, lift, shift, back, drop } = moving;
  const zone = event.timezone;
  const where = new Map(event.sessions.map((session) => [session.id, placeOf(session)]));
  if (saving) where.set(saving.id, saving.at);
  const [chosen, setChosen] = useState({ day: "", room: "" });
  // By keys and buttons one goes wherever one likes, and the plan comes along.
  const led = lifted && !lifted.dragged ? lifted.at : null;
  const days = daysOf(event, [...where.values(), ...(led ? [led] : [])]);
  const day = days.includes(chosen.day) ? chosen.day : firstDay(days, [...where.values()], zone);
  const rooms = [...event.rooms.map(({ id, name }) => ({ id, name })), { id: "", name: t("noRoom") }];
  const hours = hoursOf(event, day, [...where.values(), ...(led ? [led] : [])]);
  useEffect(() => {
    if (lifted) setChosen({ day: dayKey(lifted.at.starts, zone), room: lifted.at.room });
  }, [lifted]);
  useEffect(() => setChosen((was) => ({ ...was, room: rooms[0]?.id ?? "" })), []);

  const board = useRef<HTMLUListElement>(null);
  const dragging = useDragging(board, moving, hours);
  useEffect(() => {
    if (!lifted) return;
    const stop = ({ key }: KeyboardEvent) => {
      if (key !== "Escape") return;
      dragging.letGo();
      back();
    };
    addEventListener("keydown", stop);
    return () => removeEventListener("keydown", stop);
  });
  // What was pressed may be gone, or stand elsewhere in the list now: the session keeps the focus.
  const moved = lifted?.session.id ?? saving?.id ?? moving.last?.session.id ?? "";
  useLayoutEffect(() => {
    if (moved && document.activeElement === document.body) document.getElementById(`plan-${moved}`)?.focus();
  });

  const steps = (event: TargetedKeyboardEvent<HTMLElement>, session: SessionCard) => {
    if (lifted?.session.id !== session.id) return;
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const names = rooms.map(({ id }) => id);
    const next: Record<string, (place: Place) => Place> = {
      ArrowUp: (place) => stepped(place, -1),
      ArrowDown: (place) => stepped(place, 1),
      ArrowLeft: (place) => beside(place, names, forward === "ArrowLeft" ? 1 : -1),
      ArrowRight: (place) => beside(place, names, forward === "ArrowRight" ? 1 : -1),
    };
    const step = next[event.key];
    if (!step) return;
    event.preventDefault();
    shift((_, at) => step(at));
  };
  const press = (session: SessionCard) => {
    if (dragging.dragged.current) return;
    if (lifted?.session.id === session.id) drop();
    else lift(session);
  };

  const hint = useId();
  const clashing = new Set(clashes.value?.clashes.flatMap(({ sessions }) => sessions.map(({ id }) => id)));
  const there = event.sessions.filter(({ id }) => id === lifted?.session.id || isOn(where.get(id), day, zone));
  const lanes = lanesOf(
    new Map([...where].filter(([id, place]) => id !== lifted?.session.id && isOn(place, day, zone))),
  );
  const column = (room: string) => rooms.findIndex(({ id }) => id === room);
  const styleOf = (place: Place, id: string) => ({
    "--at": (place.starts - hours.from) / QUARTER,
    "--long": (place.ends - place.starts) / QUARTER,
    "--column": column(place.room),
    "--lane": lanes.get(id)?.lane ?? 0,
    "--lanes": lanes.get(id)?.lanes ?? 1,
  });
  const here = (room: string) => (room === chosen.room ? "here" : "");
  return (
    <section class="stack desk-wide" aria-label={t("plan")}>
      <p class="hint" id={hint}>
        {t("how")}
      </p>
      {days.length > 1 && (
        <Select
          label={t("dayHere")}
          value={day}
          options={days.map((value) => ({ value, label: dayName(value) }))}
          onChange={(to) => setChosen({ ...chosen, day: to })}
        />
      )}
      <div class="plan-here">
        <Select
          label={t("roomHere")}
          value={chosen.room}
          options={rooms.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(room) => setChosen({ ...chosen, room })}
        />
      </div>
      <div class="plan-sheet" style={{ "--columns": rooms.length }}>
        <div class="plan-heads" aria-hidden="true">
          {rooms.map(({ id, name }, at) => (
            <div key={id} data-room={id} class={`plan-room ${here(id)}`} style={{ "--column": at }} dir="auto">
              {name}
            </div>
          ))}
        </div>
        <ul class="plan-board" ref={board} style={{ "--rows": (hours.to - hours.from) / QUARTER }}>
          {there.map((session) => {
            const isLifted = lifted?.session.id === session.id;
            const place = (isLifted && lifted.at) || where.get(session.id) || placeOf(session);
            return (
              <Item
                key={session.id}
                session={session}
                place={place}
                zone={zone}
                room={rooms[column(place.room)]?.name ?? ""}
                look={[here(place.room), isLifted ? "lifted" : ""]}
                clash={clashing.has(session.id)}
                style={styleOf(place, session.id)}
                hint={hint}
                busy={saving !== null}
                onClick={() => press(session)}
                onKeyDown={(event) => steps(event, session)}
                onPointerDown={(event) => dragging.down(event, session)}
                onPointerMove={dragging.move}
                onPointerUp={dragging.up}
                onPointerCancel={dragging.cancel}
              />
            );
          })}
          {lifted && isOn(lifted.from, day, zone) && (
            <li
              key="from"
              aria-hidden="true"
              class={`plan-item ${here(lifted.from.room)}`}
              style={styleOf(lifted.from, "")}
            >
              <span class="plan-ghost" />
            </li>
          )}
          {hoursBetween(hours).map((moment) => (
            <li key={moment} aria-hidden="true" class="plan-hour" style={{ "--at": (moment - hours.from) / QUARTER }}>
              {clock(moment, zone)}
            </li>
          ))}
        </ul>
      </div>
      <Bar moving={moving} event={event} rooms={rooms} days={days} clashes={clashes.value?.clashes ?? []} />
    </section>
  );
}

const isOn = (place: Place | undefined, day: string, zone: string) =>
  place !== undefined && dayKey(place.starts, zone) === day;

/** The first day that has a session. */
const firstDay = (days: readonly string[], places: readonly Place[], zone: string) =>
  days.find((day) => places.some((place) => isOn(place, day, zone))) ?? days[0] ?? "";

const hoursBetween = ({ from, to }: { from: number; to: number }) =>
  Array.from({ length: (to - from) / (4 * QUARTER) }, (_, hour) => from + hour * 4 * QUARTER);
