import { useState } from "preact/hooks";
import { clock, shortDay } from "../lib/time";
import { Button, Empty, Notice, Status } from "../lib/ui";
import type { EventDay, SessionCard } from "../lib/wire";
import type { StaffCopy } from "./reading";
import { EditSession, NewSession } from "./session-form";
import { t } from "./settings-words";

/** The sessions of a day in the order of time, each to be edited, and a new one. */
export function Sessions({ event, copy }: { event: EventDay; copy: StaffCopy<EventDay> }) {
  const [open, setOpen] = useState("");
  const [said, setSaid] = useState("");
  const done = (text: string) => {
    setSaid(text);
    setOpen("");
    void copy.again();
  };
  return (
    <div class="stack">
      {said && <Notice kind="good">{said}</Notice>}
      {open === "new" ? (
        <NewSession event={event} onDone={done} onClose={() => setOpen("")} onRoom={copy.again} />
      ) : (
        <p>
          <Button look="main" onClick={() => setOpen("new")}>
            {t("sessionNew")}
          </Button>
        </p>
      )}
      {event.sessions.length === 0 && <Empty title={t("sessionsNone")} />}
      <ul class="own-lines">
        {event.sessions.map((session) => (
          <li key={session.id} class="stack">
            <Line session={session} zone={event.timezone} />
            {open === session.id ? (
              <EditSession
                event={event}
                session={session}
                onDone={done}
                onClose={() => setOpen("")}
                onRoom={copy.again}
              />
            ) : (
              <p>
                <Button label={t("sessionEdit", { title: session.title })} onClick={() => setOpen(session.id)}>
                  {t("edit")}
                </Button>
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ session, zone }: { session: SessionCard; zone: string }) {
  const { title, starts, room, kind, code, state } = session;
  return (
    <div>
      <p>
        <strong dir="auto">{title}</strong> {state === "cancelled" && <Status kind="wrong">{t("cancelled")}</Status>}
      </p>
      <p class="small muted">
        {[
          `${shortDay(starts, zone)} ${clock(starts, zone)}`,
          t(kind),
          room?.name ?? t("noRoom"),
          t("code", { code }),
        ].join(" · ")}
      </p>
    </div>
  );
}
