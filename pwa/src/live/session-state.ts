/** One session as it is followed: the truth of the server, and what may be on screen of it. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { ring } from "../journal/bell";
import { copyOf, keptCopy, learn } from "../lib/copies";
import { API } from "../lib/http";
import { settings } from "../lib/settings";
import type { Changes, Comment, Question, SessionLive } from "../lib/wire";
import { additions, apply } from "./apply";
import { follow, type Line, type Pace } from "./follow";

export interface Following {
  /** What may be on screen: new arrivals that must wait are left out. */
  shown: ReadonlySignal<SessionLive | undefined>;
  /** How many new things wait for "Show 3 new". */
  waiting: ReadonlySignal<number>;
  line: Signal<Line>;
  paused: Signal<boolean>;
  /** The latest additions in order, for screen readers. */
  said: Signal<(Question | Comment)[]>;
  /** When the server last spoke to us (ms). */
  at: ReadonlySignal<number>;
  showNew: () => void;
  /** In quiet mode nothing comes by itself: this reads once more, and shows what there is. */
  pull: () => void;
  stop: () => void;
}

export const livePath = (code: string) => `${API}/sessions/${encodeURIComponent(code)}/live/`;

/** Somebody who has scrolled down reads: nothing may push what they read out of sight. */
const isReading = () => globalThis.scrollY > 200;

/** Follows a session by its code, from the copy on this phone onwards. A wall follows in quiet mode too. */
export function followSession(code: string, pace?: Pace, wall = false): Following {
  const path = livePath(code);
  const copy = copyOf<SessionLive>(path);
  const held = signal<ReadonlySet<string>>(new Set());
  const line = signal<Line>("catching-up");
  const paused = signal(false);
  const said = signal<(Question | Comment)[]>([]);
  const at = signal(0);

  const take = (next: SessionLive) => {
    const before = copy.peek().value;
    const fresh = before && before.session.id === next.session.id ? additions(before, next) : [];
    learn(path, next);
    forgetGone(next);
    if (fresh.length === 0) return;
    const waits = paused.peek() || (!settings.peek().quiet && isReading());
    if (waits) held.value = new Set([...held.peek(), ...fresh.map((one) => one.id)]);
    if (!paused.peek() && !settings.peek().quiet) said.value = [...said.peek(), ...fresh].slice(-5);
  };
  /** What is withdrawn leaves what is read aloud, and what waits to be shown. */
  const forgetGone = (next: SessionLive) => {
    const there = new Set([...next.questions, ...next.comments].map(({ id }) => id));
    if (said.peek().some(({ id }) => !there.has(id))) said.value = said.peek().filter(({ id }) => there.has(id));
    if ([...held.peek()].some((id) => !there.has(id)))
      held.value = new Set([...held.peek()].filter((id) => there.has(id)));
  };
  const onChanges = (news: Changes) => {
    const before = copy.peek().value;
    if (!before) return;
    const after = apply(before, news);
    if (after === before) return;
    take(after);
    for (const change of news.changes) ring(after.session.id, change);
  };

  const onLine = (now: Line) => {
    const was = line.peek();
    if ((was === "live" || was === "polling") && now !== was) at.value = Date.now();
    line.value = now;
  };

  let stop = () => {};
  let stopped = false;
  const version = () => copy.peek().value?.version ?? null;
  const start = () => {
    if (stopped) return;
    stop();
    const topic = { path: `sessions/${encodeURIComponent(code)}`, version, onChanges, onLine };
    const quiet = settings.peek().quiet && !wall;
    stop = follow({ ...topic, quiet, onSnapshot: (next) => take(next as SessionLive) }, pace);
  };
  void keptCopy<SessionLive>(path).then(start);

  return {
    shown: computed(() => without(copy.value.value, held.value)),
    waiting: computed(() => held.value.size),
    line,
    paused,
    said,
    at: computed(() => at.value || copy.value.at),
    showNew: () => {
      held.value = new Set();
    },
    pull: () => {
      start();
      const session = copy.peek().value?.session.id;
      if (session) ring(session, { kind: "notes", subject: session, item: { session } });
    },
    stop: () => {
      stopped = true;
      stop();
    },
  };
}

function without(live: SessionLive | undefined, held: ReadonlySet<string>): SessionLive | undefined {
  if (!live || held.size === 0) return live;
  const visible = <T extends { id: string }>(list: T[]) => list.filter((one) => !held.has(one.id));
  return { ...live, questions: visible(live.questions), comments: visible(live.comments) };
}
