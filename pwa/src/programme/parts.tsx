import "./style.css";
import { settings } from "../lib/settings";
import { safeUrl, shortUrl } from "../lib/text";
import { clock, span, when } from "../lib/time";
import { Status } from "../lib/ui";
import type { EventCard, Link, SessionCard } from "../lib/wire";
import { counts } from "./counts";
import { stars, toggleStar } from "./stars";
import { t } from "./words";

/** A star that can be pressed: kept on this phone. */
export function Star({ session }: { session: SessionCard }) {
  const starred = stars.value.has(session.id);
  return (
    <button
      type="button"
      class="star"
      aria-pressed={starred}
      aria-label={t("star", { title: session.title })}
      onClick={() => toggleStar(session.id)}
    >
      {starred ? "★" : "☆"}
    </button>
  );
}

/** "Workshop · Room 2 · Sam, Alex": what a session is, where, with whom. */
export function About({ session, room = true }: { session: SessionCard; room?: boolean }) {
  const people = session.surgeons.map((one) => one.name).join(", ");
  const asked = settings.value.quiet ? 0 : (counts.value.get(session.id)?.questions ?? 0);
  const said = [
    t(session.kind),
    room && (session.room?.name ?? t("noRoom")),
    people,
    asked && t("asked", { n: asked }),
  ].filter(Boolean);
  return (
    <p class="session-about" dir="auto">
      {said.join(" · ")}
    </p>
  );
}

interface RowProps {
  session: SessionCard;
  zone: string;
  /** "until 15:15" for what is on, the whole span elsewhere, or with the day where days are mixed. */
  time: "until" | "span" | "day";
  now: number;
  note?: string | undefined;
  mark?: boolean;
}

/** One session in a list. */
export function SessionRow({ session, zone, time, now, note, mark }: RowProps) {
  const times = {
    until: () => t("until", { time: clock(session.ends, zone) }),
    span: () => span(session, zone),
    day: () => when(session, zone, now),
  };
  return (
    <li class="session-row">
      <p class="session-time">
        {times[time]()} {session.state === "cancelled" && <Status kind="wrong">{t("cancelled")}</Status>}
        {mark && <Status kind="good">{t("nowMark")}</Status>}
      </p>
      <a href={`/s/${session.code}`} dir="auto">
        {session.title}
      </a>
      <About session={session} />
      {note && <p class="session-note">{note}</p>}
      <Star session={session} />
    </li>
  );
}

/** Day and place of an event in one line. */
export function eventLine(event: EventCard, day: string): string {
  return [day, event.venue].filter(Boolean).join(", ");
}

/** Links somebody gave: only web addresses, and they learn nothing about where one came from. */
export function Links({ links }: { links: Link[] }) {
  const safe = links.filter((one) => safeUrl(one.url));
  if (safe.length === 0) return null;
  return (
    <ul class="bullets">
      {safe.map((one) => (
        <li key={one.url}>
          <a href={one.url} target="_blank" rel="noopener noreferrer nofollow ugc">
            {one.label || shortUrl(one.url)}
          </a>
        </li>
      ))}
    </ul>
  );
}
