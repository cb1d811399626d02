import type { RefObject } from "preact";
import { Button } from "../lib/ui";
import type { Finding } from "./identify";
import { t } from "./said";

interface Props {
  findings: readonly Finding[];
  /** Where the focus goes when Send was pressed and this has not been answered. */
  box: RefObject<HTMLDivElement | null>;
  onKeep: () => void;
  onChange: () => void;
}

/** Says what may name somebody, and leaves it to the writer. */
export function TraceNotice({ findings, box, onKeep, onChange }: Props) {
  if (findings.length === 0) return null;
  return (
    <div class="notice warn" role="status" tabIndex={-1} ref={box}>
      <p class="notice-title">{t("traceTitle")}</p>
      <ul class="bullets">
        {findings.slice(0, 4).map(({ kind, text, start }) => (
          <li key={start}>{t(kind, { text })}</li>
        ))}
      </ul>
      <p class="small">{t("traceLead")}</p>
      <p class="row">
        <Button onClick={onChange}>{t("traceChange")}</Button>
        <Button onClick={onKeep}>{t("traceKeep")}</Button>
      </p>
    </div>
  );
}
