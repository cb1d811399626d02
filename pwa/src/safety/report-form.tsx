import { useEffect, useRef, useState } from "preact/hooks";
import { settings } from "../lib/settings";
import { Button } from "../lib/ui";
import { HelpCard } from "./help-card";
import { isStuck, readKept, useKept, waiting } from "./kept";
import { t } from "./report-words";
import { report, unreport } from "./reporting";
import { REASONS, type ReportReason, reported, reportKey, type Subject, uncounted } from "./reports";

/** Why somebody reports something; the tap on a reason sends it. Then what became of it, and the way back. */
export function ReportForm({ subject }: { subject: Subject }) {
  useKept();
  const [chosen, choose] = useState<ReportReason | "taken" | "">("");
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const kept = reported.value.get(subject.id);
  const reason = chosen || !settings.value.mineHidden ? kept : undefined;
  const failed = uncounted.value.get(subject.id);
  // What was pressed is gone: whoever goes by keyboard is taken to what came of it.
  useEffect(() => void (chosen && box.current?.focus()), [chosen]);
  const send = (why: ReportReason) => {
    choose(why);
    setBusy(true);
    void report(subject, why)
      .then(readKept)
      .then(() => setBusy(false));
  };
  const back = () => {
    choose("taken");
    void unreport(subject);
  };
  return (
    <div class="report-form stack" ref={box} tabIndex={-1}>
      <p role="status">
        {reason ? (
          <Sent id={subject.id} busy={busy} worried={reason === "worried"} />
        ) : failed ? (
          t(WORDS[failed])
        ) : (
          chosen && t("reportTaken")
        )}
      </p>
      {reason === "worried" && <HelpCard title={t("worriedTitle")} lead={t("worriedLead")} foot={t("worriedFoot")} />}
      {reason ? <Button onClick={back}>{t("reportTakeBack")}</Button> : !failed && <Reasons onChoose={send} />}
    </div>
  );
}

const WORDS = { taken: "reportSent", stands: "reportStands", gone: "reportGone", refused: "reportRefused" } as const;

function Sent({ id, busy, worried }: { id: string; busy: boolean; worried: boolean }) {
  const key = reportKey(id);
  const sending = busy || waiting.value.has(key);
  return <>{t(isStuck(key) ? "reportWaits" : sending ? "reportSending" : worried ? "reportDone" : "reportSent")}</>;
}

function Reasons({ onChoose }: { onChoose: (reason: ReportReason) => void }) {
  return (
    <fieldset class="stack">
      <legend>{t("reportWhy")}</legend>
      {REASONS.map((reason) => (
        <Button key={reason} class="wide" onClick={() => onChoose(reason)}>
          {t(reason)}
        </Button>
      ))}
      <p class="hint">{t("reportHint")}</p>
    </fieldset>
  );
}
