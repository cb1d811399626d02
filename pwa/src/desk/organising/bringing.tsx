import { useRef, useState } from "preact/hooks";
import { Problem } from "../../lib/http";
import { Button, Field, Notice } from "../../lib/ui";
import type { EventDay } from "../../lib/wire";
import { excuse } from "../reading";
import { type Import, importFile } from "./calls";
import { t } from "./more-words";

const MOST = 16 * 1024 * 1024;

/** A chosen file with a kind the server takes, by its name where the phone knows none; or what is wrong. */
export function asSchedule(file: File): Blob | string {
  const kind = /\.xml$/i.test(file.name) ? "application/xml" : /\.json$/i.test(file.name) ? "application/json" : "";
  if (!kind) return t("wrongKind");
  if (file.size > MOST) return t("tooBig");
  return file.slice(0, file.size, kind);
}

interface Wrong {
  said: string;
  lines: readonly string[];
}

/** A schedule file: chosen, then what it would change, then changing it. */
export function Bringing({ event, onApplied }: { event: EventDay; onApplied: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [seen, setSeen] = useState<Import | null>(null);
  const [match, setMatch] = useState("");
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const choose = (chosen: File | undefined) => {
    setFile(chosen ?? null);
    setSeen(null);
    setWrong(null);
  };
  const cancel = () => {
    choose(undefined);
    if (field.current) field.current.value = "";
  };
  const run = async (apply: boolean) => {
    if (busy || !file) return;
    const schedule = asSchedule(file);
    if (typeof schedule === "string") return setWrong({ said: schedule, lines: [] });
    setWrong(null);
    setBusy(true);
    try {
      const { body, etag } = await importFile(event.slug, schedule, apply ? match : undefined);
      setSeen(body);
      setMatch(etag ?? "");
      if (body.applied) onApplied();
    } catch (reason) {
      setSeen(null); // whatever changed meanwhile is looked at again
      setWrong(wrongIn(reason));
    }
    setBusy(false);
  };
  const changes = seen?.changes.filter(({ count }) => count > 0) ?? [];
  return (
    <section class="card stack" aria-labelledby="bring">
      <h2 id="bring">{t("bring")}</h2>
      <Field label={t("file")} hint={t("bringHint")} error={wrong?.said}>
        {(wiring) => (
          <input
            type="file"
            accept=".xml,.json,application/xml,text/xml,application/json"
            ref={field}
            onChange={(picked) => choose(picked.currentTarget.files?.[0])}
            {...wiring}
          />
        )}
      </Field>
      {wrong && <Lines lines={wrong.lines} />}
      {file && !seen && (
        <Button look="main" busy={busy} onClick={() => void run(false)}>
          {t("look")}
        </Button>
      )}
      {seen && (
        <Notice kind={seen.applied ? "good" : "plain"} title={headOf(seen, changes.length)}>
          {changes.map((change) => (
            <Part key={change.kind + change.change} change={change} />
          ))}
          {seen.warnings.length > 0 && (
            <details>
              <summary class="line-name">{t("warnings")}</summary>
              <Lines lines={seen.warnings} />
            </details>
          )}
        </Notice>
      )}
      {seen && !seen.applied && (
        <p class="row">
          {changes.length > 0 && (
            <Button look="main" busy={busy} onClick={() => void run(true)}>
              {t("apply")}
            </Button>
          )}
          <Button onClick={cancel}>{t("cancel")}</Button>
        </p>
      )}
    </section>
  );
}

const headOf = ({ applied }: Import, changes: number) =>
  t(applied ? "applied" : changes > 0 ? "wouldChange" : "nothing");

/** What was refused, and where in the file. */
function wrongIn(reason: unknown): Wrong {
  if (reason instanceof Problem)
    return { said: reason.message, lines: reason.errors.map(({ attr, detail }) => `${attr}: ${detail}`) };
  return { said: excuse(reason, t("offline")), lines: [] };
}

/** How many of a kind, and folded, which. */
function Part({ change: { kind, change, count, lines } }: { change: Import["changes"][number] }) {
  const name = `${kind}${change}` as "sessionadded";
  return (
    <details>
      <summary class="line-name">{t(name, { n: count })}</summary>
      <ul class="bullets">
        {lines.map(({ title, differs }) => (
          <li key={title} dir="auto">
            {title}
            {differs.map(({ field, was, now }) => (
              <span key={field} class="small muted person-mail">
                {t("differs", { field, was: was || t("empty"), now: now || t("empty") })}
              </span>
            ))}
          </li>
        ))}
        {count > lines.length && <li>{t("more", { n: count - lines.length })}</li>}
      </ul>
    </details>
  );
}

const Lines = ({ lines }: { lines: readonly string[] }) =>
  lines.length > 0 ? (
    <ul class="bullets">
      {lines.map((line) => (
        <li key={line} dir="auto">
          {line}
        </li>
      ))}
    </ul>
  ) : null;
