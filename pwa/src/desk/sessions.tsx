import { useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { clock, shortDay } from "../lib/time";
import { Button, Empty, Notice, Skeleton, Status } from "../lib/ui";
import type { EventDay, SessionCard } from "../lib/wire";
import { ClashList } from "./organising/clashes";
import { OpenSpace } from "./organising/open-space";
import { type Clashes, clashesPath } from "./organising/plan-calls";
import { Rooms } from "./organising/rooms";
import { type StaffCopy, useStaff } from "./reading";
import { EditSession, NewSession } from "./session-form";
import { t } from "./settings-words";

/** The sessions of a day in the order of time, each to be edited, and a new one. */
export function Sessions({ event, copy }: { event: EventDay; copy: StaffCopy<EventDay> }) {
  const [open, setOpen] = useState("");
  const [said, setSaid] = useState("");
  const [planned, setPlanned] = useState(false);
  const grid = useLazy(() => import("./organising/grid/grid"), planned);
  const clashes = useStaff<Clashes>(clashesPath(event.slug));
  const done = (text: string) => {
    setSaid(text);
    setOpen("");
    void copy.again();
    void clashes.again();
  };
  const edit = (session: string) => {
    setOpen(session);
    document.getElementById(`line-${session}`)?.focus();
  };
  return (
    <div class="stack">
      {said && <Notice kind="good">{said}</Notice>}
      <ClashList copy={clashes} zone={event.timezone} onOpen={edit} />
      <OpenSpace event={event} onDone={done} />
      {open === "new" ? (
        <NewSession event={event} onDone={done} onClose={() => setOpen("")} onRoom={copy.again} />
      ) : (
        <p>
          <Button onClick={() => setOpen("new")}>{t("sessionNew")}</Button>
        </p>
      )}
      <p>
        <Button expanded={planned} onClick={() => setPlanned(!planned)}>
          {t("sessionsPlan")}
        </Button>
      </p>
      {planned && (grid ? <grid.Grid event={event} copy={copy} clashes={clashes} /> : <Skeleton lines={6} />)}
      <Rooms event={event} copy={copy} onChange={() => void clashes.again()} />
      {event.sessions.length === 0 && <Empty title={t("sessionsNone")} />}
      <ul class="own-lines">
        {event.sessions.map((session) => (
          <li key={session.id} id={`line-${session.id}`} tabIndex={-1} class="stack">
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
