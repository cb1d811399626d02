import { useState } from "preact/hooks";
import { Button, Notice, TextBox } from "../../lib/ui";
import { useDraft } from "../draft";
import { submits } from "../parts";
import { type Presence, STATES, type TableNow } from "./calls";
import type { Acting } from "./state";
import { t } from "./words";

const LIMIT = 40;

/** "You are: here, table 3": the switch, and the place that people are sent to. */
export function Where({ event, now, acting }: { event: string; now: TableNow; acting: Acting }) {
  const { presence } = now;
  const draft = useDraft<{ place: string | null }>(`place:${event}`, { place: null });
  const [going, setGoing] = useState(false);
  const place = (draft.value?.place ?? presence.place).trim();
  const long = [...place].length > LIMIT;
  const changed = place !== presence.place && presence.state !== "away";
  const go = async (state: Presence["state"]) => {
    setGoing(false);
    if (long) return;
    if (await acting.where({ state, place: state === "away" ? "" : place })) {
      // The sign stays where it stands: whoever comes back finds the place still typed.
      if (state !== "away") draft.drop();
      else draft.write({ place });
    }
  };
  const press = (state: Presence["state"]) => {
    const holding = now.people.length + now.questions.length > 0;
    if (state === "away" && holding && presence.state !== "away") setGoing(true);
    else void go(state);
  };
  const state = t(presence.state);
  return (
    <section class="card stack" aria-labelledby="where-title">
      <h2 id="where-title">
        {presence.place && presence.state !== "away"
          ? t("youAreAt", { state, place: presence.place })
          : t("youAre", { state })}
      </h2>
      <div class="switch" role="group" aria-label={t("where")}>
        {STATES.map((one) => (
          <Button key={one} pressed={one === presence.state} busy={acting.busy} onClick={() => press(one)}>
            {t(`say${one}`)}
          </Button>
        ))}
      </div>
      {going && (
        <Notice kind="warn">
          <p>{t("awaySure")}</p>
          <p class="row">
            <Button look="danger" busy={acting.busy} onClick={() => void go("away")}>
              {t("awayYes")}
            </Button>
            <Button onClick={() => setGoing(false)}>{t("awayNo")}</Button>
          </p>
        </Notice>
      )}
      <form class="place" onSubmit={submits(() => changed && void go(presence.state))}>
        <TextBox
          label={t("place")}
          limit={LIMIT}
          error={long ? t("placeLong") : null}
          value={draft.value?.place ?? presence.place}
          onInput={(text) => draft.write({ place: text })}
        />
        {changed && !long && (
          <Button type="submit" busy={acting.busy}>
            {t("savePlace")}
          </Button>
        )}
      </form>
      {presence.state === "away" && <p class="hint">{t("awayHint")}</p>}
    </section>
  );
}
