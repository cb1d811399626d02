import { Button, Field, Tick } from "../lib/ui";
import type { EventDay } from "../lib/wire";
import { type Filter, NO_FILTER } from "./day";
import { t } from "./words";

interface FiltersProps {
  event: EventDay;
  filter: Filter;
  onChange: (some: Partial<Filter>) => void;
}

/** Kind, label, room and stars, folded away until somebody wants them. */
export function Filters({ event, filter, onChange }: FiltersProps) {
  const chosen = [filter.kind, filter.track, filter.room, filter.onlyStars].filter(Boolean).length;
  const kinds = unique(event.sessions.map((one) => one.kind)).map((kind) => ({ value: kind, name: t(kind) }));
  const tracks = unique(event.sessions.map((one) => one.track)).map((track) => ({ value: track, name: track }));
  const rooms = event.rooms.map((room) => ({ value: room.id, name: room.name }));
  return (
    <details class="filters">
      <summary>{chosen ? t("filtersOn", { n: chosen }) : t("filters")}</summary>
      <div class="stack">
        <Pick label={t("kind")} options={kinds} value={filter.kind} onPick={(kind) => onChange({ kind })} />
        <Pick label={t("track")} options={tracks} value={filter.track} onPick={(track) => onChange({ track })} />
        <Pick label={t("room")} options={rooms} value={filter.room} onPick={(room) => onChange({ room })} />
        <Tick label={t("onlyStars")} checked={filter.onlyStars} onChange={(onlyStars) => onChange({ onlyStars })} />
        {chosen > 0 && <Button onClick={() => onChange(NO_FILTER)}>{t("clear")}</Button>}
      </div>
    </details>
  );
}

function unique<T extends string>(values: T[]): T[] {
  return [...new Set(values)].filter(Boolean).sort();
}

interface PickProps {
  label: string;
  options: { value: string; name: string }[];
  value: string;
  onPick: (value: string) => void;
}

/** A plain select; the options of a big event are drawn only while it has the focus. */
function Pick({ label, options, value, onPick }: PickProps) {
  if (options.length < 2) return null;
  return (
    <Field label={label}>
      {(wiring) => (
        <select {...wiring} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
          <option value="">{t("every")}</option>
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
