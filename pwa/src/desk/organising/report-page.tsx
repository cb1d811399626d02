import "./style.css";
import { useState } from "preact/hooks";
import { clock, shortDay } from "../../lib/time";
import { Button, Empty, Notice, Title } from "../../lib/ui";
import { DeskOf } from "../gate";
import { StaffReading } from "../parts";
import { excuse, useStaff } from "../reading";
import { WHO } from "../words";
import { type Numbers, type Report, reportFile, reportPath } from "./calls";
import { t } from "./report-words";

/** What a day came to: while it goes on, and after. */
export function ReportPage({ event }: { event: string }) {
  return (
    <DeskOf event={event} place="report" roles={["organiser"]} who={WHO.people}>
      {() => <Whole event={event} />}
    </DeskOf>
  );
}

function Whole({ event }: { event: string }) {
  const copy = useStaff<Report>(reportPath(event), 60_000);
  return (
    <div class="stack">
      <Title>{t("title")}</Title>
      <StaffReading copy={copy} who={WHO.people}>
        {(report) => <Told report={report} />}
      </StaffReading>
    </div>
  );
}

const FIGURES = ["served", "here", "left", "heads", "shown", "answered", "comments"] as const;

function Told({ report }: { report: Report }) {
  const { event, total, sessions, themes, labels, answered } = report;
  return (
    <div class="stack-wide">
      {report.rehearsal && <Notice kind="warn">{t("rehearsal")}</Notice>}
      {report.purged && <Notice>{t("purged")}</Notice>}
      <section class="stack">
        <h2>{t("total")}</h2>
        <dl class="figures">
          {FIGURES.map((name) => (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd>{total[name]}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Keep slug={event.slug} />
      <section class="stack">
        <h2>{t("sessions")}</h2>
        {sessions.length === 0 && <Empty title={t("sessionsNone")} />}
        <ul class="own-lines">
          {sessions.map(({ session: { id, title, starts }, numbers }) => (
            <li key={id}>
              <p dir="auto">
                <strong>{title}</strong>
              </p>
              <p class="small muted">
                {shortDay(starts, event.timezone)} {clock(starts, event.timezone)} · {inShort(numbers)}
              </p>
            </li>
          ))}
        </ul>
      </section>
      {themes.length > 0 && (
        <section class="stack">
          <h2>{t("themes")}</h2>
          <ul class="own-lines">
            {themes.map(({ theme, sessions: count, numbers }) => (
              <li key={theme}>
                <p dir="auto">
                  <strong>{theme || t("noTheme")}</strong>
                </p>
                <p class="small muted">
                  {t("inSessions", { n: count })} · {inShort(numbers)}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {labels.length > 0 && (
        <section class="stack">
          <h2>{t("labels")}</h2>
          <ul class="bullets">
            {labels.map(({ label, surgeons }) => (
              <li key={label} dir="auto">
                {label}: {t("surgeons", { n: surgeons })}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="stack">
        <h2>{t("answers")}</h2>
        <p class="hint">{t("answersHint")}</p>
        {answered.length === 0 && <Empty title={t("answersNone")} />}
        {answered.map(({ id, text, warning, answers }) => (
          <article key={id} class="card stack">
            {warning ? (
              <details>
                <summary class="line-name" dir="auto">
                  {warning}
                </summary>
                <p dir="auto">{text}</p>
              </details>
            ) : (
              <p dir="auto">{text}</p>
            )}
            {answers.map((answer, at) => (
              <p key={at} class="given" dir="auto">
                <strong>{t("by", { by: answer.by })}</strong> {answer.text || (answer.spoken && t("spoken"))}
              </p>
            ))}
          </article>
        ))}
      </section>
    </div>
  );
}

const inShort = ({ served, shown, answered }: Numbers) => t("some", { served, shown, answered });

/** The report as files, fetched as whoever is signed in. */
function Keep({ slug }: { slug: string }) {
  const [said, setSaid] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const fetchIt = async (ending: "csv" | "md") => {
    if (busy) return;
    setBusy(true);
    setError("");
    const file = `${slug}-report.${ending}`;
    try {
      save(await reportFile(slug, ending), file);
      setSaid(t("fetched", { file }));
    } catch (reason) {
      setSaid("");
      setError(excuse(reason, t("offline")));
    }
    setBusy(false);
  };
  return (
    <section class="stack">
      <h2>{t("keep")}</h2>
      <p class="row">
        {(["csv", "md"] as const).map((ending) => (
          <Button key={ending} busy={busy} onClick={() => void fetchIt(ending)}>
            {t(ending)}
          </Button>
        ))}
      </p>
      {said && <Notice kind="good">{said}</Notice>}
      {error && <Notice kind="wrong">{error}</Notice>}
    </section>
  );
}

/** Hands a file to the browser, which keeps it under this name. */
function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
