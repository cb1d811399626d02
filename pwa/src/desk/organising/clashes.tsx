import { clock } from "../../lib/time";
import { Button, Status } from "../../lib/ui";
import type { StaffCopy } from "../reading";
import type { Clash, Clashes } from "./plan-calls";
import { t } from "./plan-words";

/** One room, or one surgeon, in two places at once: said, and the way to both sessions. */
export function ClashList({
  copy,
  zone,
  onOpen,
}: {
  copy: StaffCopy<Clashes>;
  zone: string;
  onOpen: (session: string) => void;
}) {
  const { value, standing } = copy;
  if (standing === "offline") return <p class="small muted">{t("clashesOffline")}</p>;
  if (!value) return standing === "loading" ? null : <p class="small muted">{t("clashesTrouble")}</p>;
  if (value.clashes.length === 0)
    return (
      <p class="small" role="status">
        <Status kind="good">{t("clashesNone")}</Status>
      </p>
    );
  return (
    <section class="notice warn stack" aria-labelledby="clashes">
      <h2 id="clashes">{t("clashes")}</h2>
      <p class="hint">{t("clashHint")}</p>
      <ul class="own-lines">
        {value.clashes.map((clash) => (
          <li key={`${clash.kind} ${clash.what} ${clash.sessions.map(({ id }) => id)}`}>
            <p class="notice-title" dir="auto">
              {saidOf(clash)}
            </p>
            {clash.sessions.map(({ id, title, starts, ends }) => (
              <p key={id}>
                <Button look="link" onClick={() => onOpen(id)}>
                  {t("both", { title, starts: clock(starts, zone), ends: clock(ends, zone) })}
                </Button>
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "Two sessions in the Blue room at once" */
export const saidOf = ({ kind, what }: Pick<Clash, "kind" | "what">): string =>
  t(kind === "room" ? "clashRoom" : "clashSurgeon", { what });
