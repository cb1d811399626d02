import { useEffect } from "preact/hooks";
import { DeskOf } from "../desk/gate";
import { StaffReading } from "../desk/parts";
import { useStaff } from "../desk/reading";
import { useCopy } from "../lib/copies";
import { clock } from "../lib/time";
import { Empty, Title } from "../lib/ui";
import type { EventDay, QueueLine } from "../lib/wire";
import { follow } from "../live/follow";
import { eventPath } from "../programme/calls";
import { boardPath } from "./calls";
import { useClock, useLasting } from "./moment";
import { type Board, linesToShow, placesOf, topicsOf, waitWords } from "./queue";
import { t, WHO } from "./queue-words";
import { Screen } from "./screen";
import { t as said } from "./words";

/** Calls come by the stream; this often all is read anew, which also keeps whoever opened it signed in. */
const EVERY = 30_000;

/** Who is called and how long it takes, for a projector. Numbers only: nothing here tells what anybody asked. */
export function BoardPage({ event }: { event: string }) {
  return (
    <DeskOf event={event} place="board" roles={["surgeon", "moderator", "organiser", "door"]} who={WHO}>
      {() => <QueueBoard event={event} />}
    </DeskOf>
  );
}

function QueueBoard({ event }: { event: string }) {
  const copy = useStaff<Board>(boardPath(event), EVERY);
  const day = useCopy<EventDay>(eventPath(event)).value;
  useCalls(event, () => void copy.again());
  const old = useLasting(copy.standing === "offline" || copy.standing === "trouble") && copy.at;
  const zone = day?.timezone ?? "UTC";
  const offset = day?.clock_offset ?? 0;
  const time = useClock(zone, offset);
  return (
    <Screen back="/desk" class="board">
      <header class="screen-top">
        <Title above={day?.title}>{t("title")}</Title>
        <p class="screen-time">
          {day && <strong>{time}</strong>}
          <span role="status">{old ? said("asOf", { time: clock(old + offset * 1000, zone) }) : ""}</span>
        </p>
      </header>
      {copy.value ? (
        <Lines board={copy.value} day={day} now={Date.now() + offset * 1000} />
      ) : (
        <StaffReading copy={copy} who={WHO}>
          {() => null}
        </StaffReading>
      )}
    </Screen>
  );
}

/** Hears of every call and every surgeon who comes or goes, from the stream everybody may read. */
function useCalls(event: string, again: () => void): void {
  useEffect(() => {
    let version: number | null = null;
    let known = false;
    return follow({
      path: `events/${encodeURIComponent(event)}`,
      version: () => version,
      onSnapshot: (snapshot) => {
        version = snapshot.version;
        if (known) again();
        known = true;
      },
      onChanges: ({ version: now, changes }) => {
        version = now;
        if (changes.some(({ kind }) => kind === "line" || kind === "presence")) again();
      },
      onLine: (line) => line === "live" && again(),
    });
  }, [event]);
}

function Lines({ board, day, now }: { board: Board; day: EventDay | undefined; now: number }) {
  const lines = linesToShow(board, day, now);
  const topics = topicsOf(board);
  return (
    <>
      {lines.length === 0 && (
        <Empty title={t("empty")}>
          <p>{t("emptyHint")}</p>
        </Empty>
      )}
      <div class="board-lines">
        {lines.map(({ line, session }) => (
          <Line
            key={line.session}
            line={line}
            title={session?.title ?? ""}
            starts={session && day && Date.parse(session.starts) > now ? clock(session.starts, day.timezone) : ""}
          />
        ))}
      </div>
      {topics && (
        <p class="board-here">
          <strong>{t("topics")}:</strong> <span dir="auto">{topics}</span>
        </p>
      )}
      <p class="board-here">
        <strong>{t("here")}:</strong> {placesOf(board, day).join(" · ") || t("hereNone")}
      </p>
      {day && lines.some(({ line }) => line.waiting > 0 && line.wait !== null) && (
        <p class="board-how">{t("reckoned", { minutes: day.minutes })}</p>
      )}
    </>
  );
}

/** More than stands on a projector in the biggest type, beside the other lines. */
const isMuch = (called: QueueLine["called"]) => called.length > 3 || called.some(({ place }) => place.length > 9);

interface LineProps {
  line: QueueLine;
  title: string;
  /** When it begins, if it has not yet. */
  starts: string;
}

function Line({ line, title, starts }: LineProps) {
  const { called, missing, waiting } = line;
  return (
    <section class="board-line" aria-label={title}>
      <h2 dir="auto">{title}</h2>
      {called.length === 0 ? (
        (waiting > 0 || !starts) && <p>{t("none")}</p>
      ) : (
        <ul class={isMuch(called) ? "board-calls many" : "board-calls"} aria-label={t("called")}>
          {called.map(({ ticket, place }) => (
            <li key={ticket}>
              <span>{ticket}</span>
              {place && (
                <>
                  <span aria-hidden="true">→</span>
                  <span dir="auto">{place}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <p class="board-wait">{starts && waiting === 0 ? said("starts", { time: starts }) : waitWords(line)}</p>
      {missing.length > 0 && <p class="board-missing">{t("missing", { label: missing.join(", ") })}</p>}
    </section>
  );
}
