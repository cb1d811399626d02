import "./session-page.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useLazy } from "../lib/lazy";
import { go, place } from "../lib/router";
import { canAsk } from "../lib/secure";
import { settings } from "../lib/settings";
import { nowIn, when } from "../lib/time";
import { LinkButton, Notice, PlainText, Skeleton, Tabs, Title } from "../lib/ui";
import type { Session, SessionLive } from "../lib/wire";
import { sessionQr } from "../programme/calls";
import { dayHere } from "../programme/here";
import { Links, Star } from "../programme/parts";
import { PassOn } from "../programme/pass-on";
import { t as programme } from "../programme/words";
import { QuestionList } from "../questions/list";
import { useFollowing } from "../safety/follow";
import { Talk } from "../threads/talk";
import { useAround } from "./around";
import { ConnectionLine, NewThings, SaidAloud } from "./line";
import { type Following, followSession } from "./session-state";
import { t } from "./words";

const TABS = ["questions", "talk", "about"] as const;
type Tab = (typeof TABS)[number];

/** One session: what it is, and what is asked and said in it, as it happens. */
export function SessionPage({ code }: { code: string }) {
  const following = useMemo(() => followSession(code), [code]);
  useEffect(() => following.stop, [following]);
  const live = following.shown.value;
  // For everybody, whatever part they read: nothing that is asked for tells who asked here.
  useFollowing(live?.session.id);
  const spare = useAround(code, live?.session, live === undefined && following.line.value === "offline");
  if (live) return <Room session={live.session} live={live} following={following} />;
  if (following.line.value === "gone") return <Gone />;
  if (spare) return <Room session={spare} following={following} />;
  return <Skeleton page lines={8} />;
}

function Room({ session, live, following }: { session: Session; live?: SessionLive; following: Following }) {
  const hash = place.value.hash;
  // #c-… is the address of one comment.
  const wanted = hash.startsWith("c-") ? "talk" : TABS.find((name) => name === hash);
  const tab = wanted ?? (live ? "questions" : "about");
  const open = (name: Tab) => go(`${place.peek().path}#${name}`, { replace: true });
  const n = (name: Tab) =>
    name === "questions" ? live?.counts.questions : name === "talk" ? live?.counts.comments : 0;
  const label = (name: Tab) => {
    const count = settings.value.quiet ? 0 : n(name);
    return count ? t("counted", { name: t(name), n: count }) : t(name);
  };
  return (
    <div class="session">
      <Heading session={session} />
      <AskBar session={session} />
      <ConnectionLine following={following} />
      <Tabs label={t("tabs")} tabs={TABS.map((name) => ({ name, label: label(name) }))} open={tab} onOpen={open}>
        {tab !== "about" && <NewThings following={following} />}
        {tab === "about" && <About session={session} />}
        {tab !== "about" && !live && <p>{t("notKept")}</p>}
        {tab === "questions" && live && (
          <QuestionList session={session} questions={live.questions} more={live.more.questions} />
        )}
        {tab === "talk" && live && <Talk session={session} comments={live.comments} more={live.more.comments} />}
      </Tabs>
      <SaidAloud following={following} />
    </div>
  );
}

/** Whether places are given out here: beside walking in, which one can always do. */
const hasPlaces = ({ capacity, kind, ends }: Session): boolean =>
  (capacity !== null || kind === "surgery") && Date.parse(ends) > dayNow();

const dayNow = (): number => nowIn(dayHere() ?? { clock_offset: 0 });

function Heading({ session }: { session: Session }) {
  const now = dayNow();
  const places = hasPlaces(session);
  // With the day, which comes after the page itself: how full it is is not what somebody waits for.
  const seats = useLazy(() => import("./place-seats"), places && !!dayHere());
  const slug = session.event.slug;
  return (
    <>
      <p class="small">
        <a href={`/e/${slug}`} dir="auto">
          {session.event.title}
        </a>
      </p>
      <div class="session-title">
        <Title above={programme(session.kind)}>{session.title}</Title>
        <Star session={session} />
      </div>
      {session.subtitle && (
        <p class="muted" dir="auto">
          {session.subtitle}
        </p>
      )}
      {session.state === "cancelled" && <Notice kind="warn">{t("cancelled")}</Notice>}
      <dl class="facts">
        <dt>{t("when")}</dt>
        <dd>{when(session, session.event.timezone, now)}</dd>
        <dt>{t("where")}</dt>
        <dd dir="auto">{session.room?.name ?? programme("noRoom")}</dd>
        {places && (
          <>
            <dt>{t("places")}</dt>
            <dd>{seats ? <seats.Seats session={session} /> : t("turnUp")}</dd>
          </>
        )}
        {session.surgeons.length > 0 && (
          <>
            <dt>{t("who")}</dt>
            <dd>
              {session.surgeons.map((one, at) => (
                <span key={one.id}>
                  {at > 0 && ", "}
                  <a href={`/e/${slug}/surgeons/${one.id}`} dir="auto">
                    {one.name}
                  </a>
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

/** The main action, or why it is not there. */
function AskBar({ session }: { session: Session }) {
  if (session.state === "cancelled") return null;
  const hold = hasPlaces(session) && <LinkButton href={`/s/${session.code}/place`}>{t("hold")}</LinkButton>;
  if (session.review === "closed" || dayHere()?.closed)
    return (
      <>
        <Notice>{t("closed")}</Notice>
        {!dayHere()?.closed && hold}
      </>
    );
  if (!canAsk)
    return (
      <Notice kind="warn" title={t("insecureTitle")}>
        <p>{t("insecure")}</p>
      </Notice>
    );
  return (
    <p class="ask-bar">
      <LinkButton look="main" href={`/s/${session.code}/ask`}>
        {t("ask")}
      </LinkButton>
      {hold}
    </p>
  );
}

function About({ session }: { session: Session }) {
  const tally = useLazy(() => import("./tally"), !settings.value.quiet);
  return (
    <div class="stack">
      {session.about ? <PlainText text={session.about} /> : <p class="muted">{t("noAbout")}</p>}
      <Links links={session.links} />
      {tally && <tally.TallyOf session={session.id} />}
      <PassOn title={session.title} path={`/s/${session.code}`} code={session.code} qr={sessionQr(session.id)} />
    </div>
  );
}

function Gone() {
  const [slug] = useState(dayHere()?.slug);
  return (
    <div class="stack">
      <Title>{t("goneTitle")}</Title>
      <p>{t("goneHint")}</p>
      <p>
        <a href={slug ? `/e/${slug}/programme` : "/"}>{t("toProgramme")}</a>
      </p>
    </div>
  );
}
