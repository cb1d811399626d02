import { LinkButton } from "../../lib/ui";
import type { EventDay } from "../../lib/wire";
import type { StaffCopy } from "../reading";
import { Bringing } from "./bringing";
import { Cloning } from "./cloning";
import { t } from "./more-words";
import { Paper } from "./paper";
import { Rehearsal } from "./rehearsal";

/** What an organiser needs before and after the day, and seldom during it. */
export function More({ event, copy }: { event: EventDay; copy: StaffCopy<EventDay> }) {
  return (
    <div class="stack-wide">
      <Paper event={event} />
      <section class="card stack">
        <h2>{t("report")}</h2>
        <p class="hint">{t("reportHint")}</p>
        <p>
          <LinkButton href={`/desk/${event.slug}/report`}>{t("reportOpen")}</LinkButton>
        </p>
      </section>
      <Bringing event={event} onApplied={() => void copy.again()} />
      <Rehearsal event={event} again={copy.again} />
      <Cloning event={event} />
    </div>
  );
}
