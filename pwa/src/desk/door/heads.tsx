import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../lib/ui";
import { Select } from "../parts";
import type { Typed } from "./door";
import { countHeads, type Kept } from "./kept";
import { optionOf, type Place } from "./places";
import { flush, look } from "./sending";
import { t } from "./words";

interface Props {
  /** Id of the event. */
  event: string;
  places: readonly Place[];
  typed: Typed;
  write: (some: Partial<Typed>) => void;
  zone: string;
  now: number;
  kept: Kept;
  /** Of all sessions and doors, where it is known. */
  total: number | undefined;
  after: () => Promise<void>;
}

/** Somebody taps while people walk past: it is sent when they have walked past (ms). */
const SETTLED = 1200;

/** How many heads come in: big buttons, counted here first and added up by the server. */
export function Heads({ event, places, typed, write, zone, now, kept, total, after }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const chosen = places.find(({ id }) => id === typed.session) ?? places[0];
  if (!chosen) return <p>{t("none")}</p>;
  const count = kept.heads?.counts[chosen.id] ?? 0;
  const move = async (by: number) => {
    await countHeads(event, chosen.id, by);
    await look(event);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(event).then(after), SETTLED);
  };
  const all = chosen.numbers?.heads;
  return (
    <div class="stack">
      <Select
        label={t("headsSession")}
        value={chosen.id}
        options={places.map((one) => ({ value: one.id, label: optionOf(one, zone, now) }))}
        onChange={(session) => write({ session })}
      />
      <div class="card stack door-given door-counter">
        <p>{t("mine")}</p>
        <p class="door-number" aria-hidden="true">
          {count}
        </p>
        <p class="away" role="status">
          {t("counted", { n: count })}
        </p>
        <div class="door-heads">
          <Button label={t("less")} onClick={() => void move(-1)} disabled={count === 0}>
            −
          </Button>
          <Button look="main" label={t("more")} onClick={() => void move(1)}>
            +
          </Button>
        </div>
      </div>
      <p>
        {all === undefined || total === undefined
          ? t("togetherLater")
          : `${t("together", { n: all })}. ${t("total", { n: total })}.`}
      </p>
    </div>
  );
}
