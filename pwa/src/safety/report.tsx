import "./style.css";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { canAsk } from "../lib/secure";
import { settings } from "../lib/settings";
import { clean } from "../lib/text";
import { Button } from "../lib/ui";
import { dayHere } from "../programme/here";
import { receipts } from "./kept";
import { t } from "./report-said";
import { loadReports, reported, type Subject } from "./reports";

interface Props {
  /** Null for what cannot be reported. */
  subject: Subject | null;
  /** Whose comment it is. */
  by?: string;
  /** What else can be done with it. */
  children: ComponentChildren;
}

/**
 * "Report", quietly at the end of what else can be done with an item: one tap opens the reasons, a second one
 * sends. One's own is withdrawn instead. "Leave quickly" puts out of sight what was reported from here.
 */
export function Report({ subject, by, children }: Props) {
  const [open, setOpen] = useState(false);
  const code = useLazy(() => import("./report-form"), open);
  useEffect(() => void loadReports(), []);
  const { mineHidden } = settings.value;
  const own = !mineHidden && receipts.value.some(({ id }) => id === subject?.id);
  const off = !subject || own || !canAsk || dayHere()?.closed;
  const done = !off && !mineHidden && reported.value.has(subject.id);
  const label = by === undefined ? t("reportQuestion") : t("reportComment", { name: by });
  return (
    <>
      <div class="item-acts">
        {children}
        {!off && (
          <Button look="link" class="report" expanded={open} {...(!done && { label })} onClick={() => setOpen(!open)}>
            {t(done ? "youReported" : "report")}
          </Button>
        )}
      </div>
      {open && !off && code && <code.ReportForm subject={subject} />}
    </>
  );
}

/** What stands behind a line: a content warning, or the word of others that somebody should look at it. */
export function Folded(props: { warning?: string; reported: boolean; children: ComponentChildren }) {
  const { warning, children } = props;
  if (!warning && !props.reported) return <>{children}</>;
  return (
    <details class="fold">
      <summary dir="auto">
        {props.reported && `${t("reported")} `}
        {warning ? t("warningOn", { warning: clean(warning) }) : t("showIt")}
      </summary>
      {children}
    </details>
  );
}
