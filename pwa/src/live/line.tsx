import { settings } from "../lib/settings";
import { asOf } from "../lib/time";
import { Button, Status } from "../lib/ui";
import type { Comment, Question } from "../lib/wire";
import type { Line } from "./follow";
import type { Following } from "./session-state";
import { t } from "./words";

/** Whether what is on screen is live, in words, and the way to hold it still. */
export function ConnectionLine({ following }: { following: Following }) {
  const paused = following.paused.value;
  const flip = () => {
    following.paused.value = !paused;
    if (paused) following.showNew();
  };
  return (
    <p class="row between connection">
      <span role="status">
        <Status kind={kindOf(following.line.value, paused)}>{paused ? t("paused") : word(following)}</Status>
      </span>
      {settings.value.quiet ? (
        <Button look="link" onClick={following.pull}>
          {t("pull")}
        </Button>
      ) : (
        <Button look="link" onClick={flip}>
          {t(paused ? "resume" : "pause")}
        </Button>
      )}
    </p>
  );
}

function word(following: Following): string {
  const line = following.line.value;
  if (line !== "offline") return t(line);
  return following.at.value ? t("offline", { time: asOf(following.at.value) }) : t("offlineNever");
}

function kindOf(line: Line, paused: boolean): "good" | "warn" | "plain" {
  if (paused || line === "catching-up" || line === "resting" || line === "still") return "plain";
  return line === "live" || line === "polling" ? "good" : "warn";
}

/** "Show 3 new": what came while somebody was reading. */
export function NewThings({ following }: { following: Following }) {
  const n = following.waiting.value;
  if (n === 0) return null;
  return (
    <p class="new-things">
      <Button onClick={following.showNew}>{t("showNew", { n })}</Button>
    </p>
  );
}

/** What stands behind a warning is not read out: whoever listens chooses, as readers do. */
const heard = ({ folded, text }: Question | Comment): string => (folded ? t("behindWarning") : text);

/** Reads out what was added, and only that. It never takes the focus. */
export function SaidAloud({ following }: { following: Following }) {
  return (
    <div class="away" role="log" aria-live="polite" aria-relevant="additions">
      {following.said.value.map((one) => (
        <p key={one.id}>
          {"votes" in one
            ? t("newQuestion", { text: heard(one) })
            : t("newComment", { name: one.by.name, text: heard(one) })}
        </p>
      ))}
    </div>
  );
}
