import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
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
  // A big event has a hundred labels and rooms: they are drawn only when somebody looks.
  const [open, setOpen] = useState(false);
  const chosen = [filter.kind, filter.track, filter.room, filter.onlyStars].filter(Boolean).length;
  if (!open) return <Fold chosen={chosen} onOpen={setOpen} />;
  const kinds = unique(event.sessions.map((one) => one.kind)).map((kind) => ({ value: kind, name: t(kind) }));
  const tracks = unique(event.sessions.map((one) => one.track)).map((track) => ({ value: track, name: track }));
  const rooms = event.rooms.map((room) => ({ value: room.id, name: room.name }));
  return (
    <Fold chosen={chosen} onOpen={setOpen}>
      <div class="stack">
        <Pick label={t("kind")} options={kinds} value={filter.kind} onPick={(kind) => onChange({ kind })} />
        <Pick label={t("track")} options={tracks} value={filter.track} onPick={(track) => onChange({ track })} />
        <Pick label={t("room")} options={rooms} value={filter.room} onPick={(room) => onChange({ room })} />
        <Tick label={t("onlyStars")} checked={filter.onlyStars} onChange={(onlyStars) => onChange({ onlyStars })} />
        {chosen > 0 && <Button onClick={() => onChange(NO_FILTER)}>{t("clear")}</Button>}
      </div>
    </Fold>
  );
}

interface FoldProps {
  chosen: number;
  onOpen: (open: boolean) => void;
  children?: ComponentChildren;
}

function Fold({ chosen, onOpen, children }: FoldProps) {
  return (
    <details class="filters" open={children !== undefined} onToggle={(event) => onOpen(event.currentTarget.open)}>
      <summary>{chosen ? t("filtersOn", { n: chosen }) : t("filters")}</summary>
      {children}
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

/** A plain select. */
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
