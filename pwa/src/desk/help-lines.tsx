import { Button, Field, TextBox } from "../lib/ui";
import type { HelpLine } from "../lib/wire";
import { t } from "./settings-words";

interface Props {
  lines: readonly HelpLine[];
  reviewed: string | null;
  error?: string | undefined;
  onChange: (some: { help_lines?: HelpLine[]; help_reviewed?: string | null }) => void;
}

const NEW: HelpLine = { name: "", note: "", tel: "", sms: "", url: "" };
const FIELDS = [
  { name: "name", label: "lineName", type: "text" },
  { name: "note", label: "lineNote", type: "text" },
  { name: "tel", label: "lineTel", type: "tel" },
  { name: "sms", label: "lineSms", type: "tel" },
  { name: "url", label: "lineUrl", type: "text" },
] as const;

/** Whom people can turn to: each by call, by text or on the web. */
export function HelpLines({ lines, reviewed, error, onChange }: Props) {
  const put = (at: number, some: Partial<HelpLine>) =>
    onChange({ help_lines: lines.map((line, index) => (index === at ? { ...line, ...some } : line)) });
  const today = new Date().toISOString().slice(0, 10);
  return (
    <fieldset class="stack">
      <legend>{t("helpLines")}</legend>
      <p class="hint">{t("helpLinesHint")}</p>
      {error && <p class="error">{error}</p>}
      {lines.map((line, at) => (
        <details class="card" key={at} open={line.name === ""}>
          <summary class="line-name" dir="auto">
            {line.name || t("helpLine", { n: at + 1 })}
          </summary>
          <div class="stack">
            {FIELDS.map(({ name, label, type }) => (
              <TextBox
                key={name}
                label={t(label)}
                type={type}
                value={line[name]}
                onInput={(value) => put(at, { [name]: value })}
              />
            ))}
            <Button look="danger" onClick={() => onChange({ help_lines: lines.filter((_, index) => index !== at) })}>
              {t("lineRemove", { name: line.name || t("helpLine", { n: at + 1 }) })}
            </Button>
          </div>
        </details>
      ))}
      <Button onClick={() => onChange({ help_lines: [...lines, NEW] })}>{t("lineAdd")}</Button>
      <Field label={t("reviewed")}>
        {(wiring) => (
          <input
            type="date"
            value={reviewed ?? ""}
            onInput={(event) => onChange({ help_reviewed: event.currentTarget.value || null })}
            {...wiring}
          />
        )}
      </Field>
      <Button onClick={() => onChange({ help_reviewed: today })}>{t("reviewedToday")}</Button>
    </fieldset>
  );
}
