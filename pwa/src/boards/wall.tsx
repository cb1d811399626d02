import { useEffect, useMemo, useState } from "preact/hooks";
import { canAsk } from "../lib/secure";
import { clean, shortUrl } from "../lib/text";
import { clock } from "../lib/time";
import { Skeleton, Title } from "../lib/ui";
import type { Question, Session, SessionLive } from "../lib/wire";
import { useAround } from "../live/around";
import { type Following, followSession } from "../live/session-state";
import { dayHere } from "../programme/here";
import { useFit } from "./fit";
import { useClock, useLasting } from "./moment";
import { useOnWall } from "./on-wall";
import { Screen } from "./screen";
import { t } from "./words";

/** The wall of one session, for a projector. It shows what everybody may read, and nothing else. */
export function WallPage({ code }: { code: string }) {
  return <Wall code={code} back={`/s/${code}`} />;
}

/** A session's wall: `back` is where its way out leads. */
export function Wall({ code, back, backLabel }: { code: string; back: string; backLabel?: string | undefined }) {
  const following = useMemo(() => followSession(code, undefined, true), [code]);
  useEffect(() => following.stop, [following]);
  const live = following.shown.value;
  const line = following.line.value;
  const spare = useAround(code, live?.session, live === undefined && line === "offline");
  const session = live?.session ?? spare;
  return (
    <Screen back={back} class="wall" {...(backLabel && { backLabel })}>
      {session ? (
        <Room session={session} live={live} following={following} />
      ) : line === "gone" || line === "offline" ? (
        <div class="screen-lost">
          <Title>{t(line === "gone" ? "goneTitle" : "offlineTitle")}</Title>
          <p>{t(line === "gone" ? "goneHint" : "offlineHint")}</p>
        </div>
      ) : (
        <Skeleton page />
      )}
    </Screen>
  );
}

interface RoomProps {
  session: Session;
  live: SessionLive | undefined;
  following: Following;
}

function Room({ session, live, following }: RoomProps) {
  const zone = session.event.timezone;
  const offset = dayHere()?.clock_offset ?? 0;
  const { current, next } = useOnWall(live);
  const line = following.line.value;
  const old = useLasting(line !== "live" && line !== "polling") && following.at.value;
  return (
    <>
      <header class="screen-top">
        <Title above={session.room?.name}>{session.title}</Title>
        <p class="screen-time">
          <strong>{useClock(zone, offset)}</strong>
          <span role="status">{old ? t("asOf", { time: clock(old + offset * 1000, zone) }) : ""}</span>
        </p>
      </header>
      {current ? <Now question={current} /> : <Nothing session={session} />}
      {next && <Next question={next} />}
      <Join session={session} />
    </>
  );
}

/** Its words, or only that they stand behind a warning. */
export function wordsOf({ folded, warning, text }: Question): string {
  if (folded) return warning ? t("warning", { warning: clean(warning) }) : t("folded");
  return clean(text);
}

function Now({ question }: { question: Question }) {
  const words = wordsOf(question);
  const { box, cut } = useFit(words);
  return (
    <section class="wall-now" aria-label={t("now")}>
      <h2>{t("now")}</h2>
      <div class="wall-box" ref={box}>
        <p class="wall-words" dir="auto">
          {words}
        </p>
      </div>
      {cut && <p class="wall-rest">{t("rest")}</p>}
    </section>
  );
}

/** Whether questions are taken here at all. */
const isOpen = ({ review, state }: Session) => review !== "closed" && state !== "cancelled" && !dayHere()?.closed;

function Nothing({ session }: { session: Session }) {
  const zone = session.event.timezone;
  const coming = Date.parse(session.starts) > Date.now() + (dayHere()?.clock_offset ?? 0) * 1000;
  const said = session.state === "cancelled" ? "cancelled" : isOpen(session) ? "none" : "askClosed";
  return (
    <section class="wall-now wall-nothing">
      {coming && <p>{t("starts", { time: clock(session.starts, zone) })}</p>}
      <p>{t(said)}</p>
    </section>
  );
}

function Next({ question }: { question: Question }) {
  return (
    <section class="wall-next">
      <h2>{t("next")}</h2>
      <p dir="auto">{wordsOf(question)}</p>
    </section>
  );
}

/** How to join in: the square, the address and the code. */
function Join({ session }: { session: Session }) {
  const address = `${location.origin}/s/${session.code}`;
  const [path, setPath] = useState({ size: 0, drawn: "" });
  useEffect(
    () =>
      void import("../safety/qr").then(
        ({ pathOf }) => setPath(pathOf(address)),
        () => undefined,
      ),
    [address],
  );
  return (
    <section class="wall-join">
      <h2>{t(canAsk && isOpen(session) ? "ask" : "readHere")}</h2>
      {path.size > 0 && (
        <svg
          class="wall-qr"
          viewBox={`-4 -4 ${path.size + 8} ${path.size + 8}`}
          role="img"
          aria-label={t("qr")}
          shape-rendering="crispEdges"
        >
          <path d={path.drawn} />
        </svg>
      )}
      <p class="wall-address">
        {shortUrl(location.origin)}/s/
        <strong>{session.code}</strong>
      </p>
    </section>
  );
}
