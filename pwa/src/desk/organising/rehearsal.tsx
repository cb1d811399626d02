import { useState } from "preact/hooks";
import { refresh } from "../../lib/copies";
import { Button, Notice, Status } from "../../lib/ui";
import type { EventDay } from "../../lib/wire";
import { eventPath } from "../../programme/calls";
import { excuse } from "../reading";
import { Sure } from "../sure";
import { rehearse } from "./calls";
import { t } from "./more-words";

/** Trying the day out: begun at once, ended once somebody has read what is deleted. */
export function Rehearsal({ event, again }: { event: EventDay; again: () => Promise<void> }) {
  const [said, setSaid] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const turn = async (on: boolean) => {
    await rehearse(event.slug, on);
    await Promise.all([again(), refresh(eventPath(event.slug))]);
    setSaid(t(on ? "begun" : "ended"));
  };
  const begin = async () => {
    if (busy) return;
    setBusy(true);
    setError("");
    try {
      await turn(true);
    } catch (reason) {
      setError(excuse(reason, t("rehearseOffline")));
    }
    setBusy(false);
  };
  return (
    <section class="card stack">
      <h2>{t("rehearsal")}</h2>
      <p class="hint">{t("rehearsalHint")}</p>
      {said && <Notice kind="good">{said}</Notice>}
      {error && <Notice kind="wrong">{error}</Notice>}
      {event.rehearsal ? (
        <>
          <p>
            <Status kind="warn">{t("runs")}</Status>
          </p>
          <Sure
            look="plain"
            label={t("end")}
            question={t("endSure")}
            yes={t("endYes")}
            no={t("endNo")}
            offline={t("rehearseOffline")}
            onYes={() => turn(false)}
          />
        </>
      ) : (
        !event.closed && (
          <Button busy={busy} onClick={() => void begin()}>
            {t("begin")}
          </Button>
        )
      )}
    </section>
  );
}
