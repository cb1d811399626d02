import { dayKey, dayName } from "../../../lib/time";
import { Button, Status } from "../../../lib/ui";
import type { EventDay } from "../../../lib/wire";
import { Select } from "../../parts";
import { saidOf } from "../clashes";
import type { Clash } from "../plan-calls";
import type { Moving } from "./moving";
import { onDay, stepped } from "./places";
import { t } from "./words";

interface Props {
  moving: Moving;
  event: EventDay;
  rooms: readonly { id: string; name: string }[];
  days: readonly string[];
  clashes: readonly Clash[];
}

/** At the thumb: each step in words, and for what is picked up all that the keys do. */
export function Bar({ moving, event, rooms, days, clashes }: Props) {
  const { lifted, last, said, undo } = moving;
  const others = ({ sessions }: Clash) => sessions.filter(({ id }) => id !== last?.session.id);
  const met = clashes.filter((clash) => others(clash).length < clash.sessions.length);
  return (
    <div class={said.text ? "acts plan-bar" : "plan-bar"}>
      <div role="status" class={said.text ? `notice ${said.kind}` : ""}>
        {said.text}
        {met.map((clash) => (
          <p key={`${clash.kind} ${clash.what} ${others(clash).map(({ id }) => id)}`}>
            <Status kind="warn">{saidOf(clash)}</Status>
            {": "}
            <span dir="auto">{others(clash).map(({ title }) => title)}</span>
          </p>
        ))}
      </div>
      {last && <Button onClick={undo}>{t("undo")}</Button>}
      {lifted && !lifted.dragged && <Steps moving={moving} event={event} rooms={rooms} days={days} />}
    </div>
  );
}

function Steps({ moving, event, rooms, days }: Omit<Props, "clashes">) {
  const { lifted, shift, drop, back } = moving;
  if (!lifted) return null;
  const zone = event.timezone;
  return (
    <>
      <Select
        label={t("toRoom")}
        value={lifted.at.room}
        options={rooms.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(room) => shift((_, at) => ({ ...at, room }))}
      />
      {days.length > 1 && (
        <Select
          label={t("toDay")}
          value={dayKey(lifted.at.starts, zone)}
          options={days.map((value) => ({ value, label: dayName(value) }))}
          onChange={(day) => shift((_, at) => onDay(at, day, zone))}
        />
      )}
      <Button onClick={() => shift((_, at) => stepped(at, -1))}>{t("earlier")}</Button>
      <Button onClick={() => shift((_, at) => stepped(at, 1))}>{t("later")}</Button>
      <Button look="main" onClick={drop}>
        {t("putHere")}
      </Button>
      <Button onClick={back}>{t("putBack")}</Button>
    </>
  );
}
