import type { ButtonHTMLAttributes } from "preact";
import { clock } from "../../../lib/time";
import type { SessionCard } from "../../../lib/wire";
import type { Place } from "./places";
import { t } from "./words";

type Wiring = Pick<
  ButtonHTMLAttributes<HTMLButtonElement>,
  "onClick" | "onKeyDown" | "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel"
>;

interface Props extends Wiring {
  session: SessionCard;
  place: Place;
  zone: string;
  /** Its name: seen above the column, and said with the session. */
  room: string;
  look: string[];
  clash: boolean;
  style: Record<string, number>;
  hint: string;
  busy: boolean;
}

/** One session on the plan: a button that says its time, title and room, and stays pressed while it is picked up. */
export function Item({ session, place, zone, room, look, clash, style, hint, busy, ...wiring }: Props) {
  const { id, title, state } = session;
  return (
    <li class={["plan-item", state, clash ? "clash" : "", ...look].filter(Boolean).join(" ")} style={style}>
      <button
        type="button"
        id={`plan-${id}`}
        class="plan-press"
        aria-pressed={look.includes("lifted")}
        aria-describedby={hint}
        aria-disabled={busy || undefined}
        {...wiring}
      >
        <span class="plan-words">
          <span>{t("times", { starts: clock(place.starts, zone), ends: clock(place.ends, zone) })}</span>
          {clash && <strong>{t("clash")}</strong>}
          {state === "cancelled" && <strong>{t("cancelled")}</strong>}
          <span dir="auto">{title}</span>
          <span class="away">{room}</span>
        </span>
        <span class="plan-grip" aria-hidden="true">
          ⠿
        </span>
      </button>
    </li>
  );
}
