/** A session on its way to another time or room: picked up, moved, put down over what was read, undone. */
import { useRef, useState } from "preact/hooks";
import { NoAnswer } from "../../../lib/http";
import { clock, shortDay } from "../../../lib/time";
import type { EventDay, Session, SessionCard } from "../../../lib/wire";
import { type Changed, changeSession } from "../../calls";
import { excuse, isLate } from "../../reading";
import { readSession } from "../plan-calls";
import { bodyOf, daysOf, isSame, type Place, placeOf } from "./places";
import { t } from "./words";

type Event = Pick<EventDay, "starts" | "ends" | "timezone" | "rooms" | "sessions">;

interface Lifted {
  readonly session: SessionCard;
  readonly from: Place;
  readonly at: Place;
  readonly dragged: boolean;
  /** As it stood when it was picked up: what the move is made over. */
  readonly read: Promise<Changed<Session>>;
}

interface Move {
  readonly session: SessionCard;
  readonly from: Place;
  readonly to: Place;
  readonly made: Changed<Session>;
}

export interface Said {
  readonly text: string;
  readonly kind: "plain" | "good" | "wrong";
}

/** "10:30 to 11:15, Garden Room", with the day where there are several. */
export function placeInWords(place: Place, event: Event): string {
  const { timezone, rooms, sessions } = event;
  const times = t("times", { starts: clock(place.starts, timezone), ends: clock(place.ends, timezone) });
  const several = daysOf(event, sessions.map(placeOf)).length > 1;
  const room = rooms.find(({ id }) => id === place.room)?.name ?? t("noRoom");
  return t("at", { times: several ? `${shortDay(place.starts, timezone)} ${times}` : times, room });
}

/** What a colleague made of a session meanwhile, in words. */
export function changesInWords(before: SessionCard, now: SessionCard, event: Event): string {
  const rooms = now.room ? [{ ...now.room, about: "" }] : [];
  const said = [
    before.title !== now.title && t("nowCalled", { title: now.title }),
    !isSame(placeOf(before), placeOf(now)) && t("nowAt", { at: placeInWords(placeOf(now), { ...event, rooms }) }),
    before.state !== now.state && t(now.state === "cancelled" ? "nowCancelled" : "nowPlanned"),
  ].filter(Boolean);
  return said.join("; ") || t("nowElse");
}

const QUIET: Said = { text: "", kind: "plain" };

/** `reread` brings what everybody sees of the day; it never throws. */
export function useMoving(event: Event, reread: () => Promise<unknown>) {
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [saving, setSaving] = useState<{ id: string; at: Place } | null>(null);
  const [last, setLast] = useState<Move | null>(null);
  const [said, setSaid] = useState(QUIET);
  // A pointer tells more often than the page is drawn.
  const latest = useRef(lifted);
  const hold = (next: Lifted | null) => {
    latest.current = next;
    setLifted(next);
  };
  const say = (text: string, kind: Said["kind"] = "plain") => setSaid({ text, kind });
  const at = (place: Place) => placeInWords(place, event);

  const lift = (session: SessionCard, dragged = false) => {
    if (saving) return;
    const read = readSession(session.id);
    read.catch(() => undefined);
    const from = placeOf(session);
    hold({ session, from, at: from, dragged, read });
    setLast(null);
    say(t("lifted", { title: session.title, at: at(from) }));
  };
  const shift = (change: (from: Place, at: Place) => Place) => {
    const held = latest.current;
    if (!held) return;
    const place = change(held.from, held.at);
    if (isSame(place, held.at)) return;
    hold({ ...held, at: place });
    say(at(place));
  };
  const back = () => {
    const held = latest.current;
    if (!held) return;
    hold(null);
    say(t("back", { title: held.session.title, at: at(held.from) }));
  };
  const put = async (session: SessionCard, from: Place, to: Place, read: Promise<Changed<Session>>, undoes = false) => {
    const { id, title } = session;
    setSaving({ id, at: to });
    setLast(null);
    say(t("saving", { title }));
    const settled = (made: Changed<Session>) => {
      if (!undoes) setLast({ session, from, to, made });
      say(t(undoes ? "undone" : "moved", { title, at: at(to) }), "good");
    };
    const late = (before: SessionCard, now: SessionCard) =>
      say(t("late", { title, what: changesInWords(before, now, event) }), "wrong");
    let before: SessionCard = session;
    try {
      const stood = await read.catch(() => readSession(id));
      if (isSame(placeOf(stood.body), from)) {
        before = stood.body;
        settled(await changeSession(id, bodyOf(to), stood.etag ?? ""));
      } else late(session, stood.body);
    } catch (reason) {
      // An answer may be lost after the move was made; and where it was refused, what stands there now is told.
      const now = await readSession(id).catch(() => null);
      if (now && isLate(reason)) late(before, now.body);
      else if (now && reason instanceof NoAnswer && isSame(placeOf(now.body), to)) settled(now);
      else if (reason instanceof NoAnswer) say(t("offline", { title }), "wrong");
      else say(t("refused", { title, why: excuse(reason, "") }), "wrong");
    }
    await reread();
    setSaving(null);
  };
  const drop = () => {
    const held = latest.current;
    if (!held) return;
    if (isSame(held.at, held.from)) return back();
    hold(null);
    void put(held.session, held.from, held.at, held.read);
  };
  const undo = () => last && void put(last.session, last.to, last.from, Promise.resolve(last.made), true);
  return { lifted, saving, last, said, lift, shift, back, drop, undo };
}

export type Moving = ReturnType<typeof useMoving>;
