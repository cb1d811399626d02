/** Plain makers of what travels: no surprises, every field there. */
import type { Comment, EventDay, Question, Session, SessionCard, SessionLive } from "@src/lib/wire";

export function aSession(some: Partial<SessionCard> = {}): SessionCard {
  return {
    id: "s1",
    code: "QRTX2",
    kind: "workshop",
    title: "Privacy settings",
    subtitle: "",
    track: "",
    language: "en",
    state: "planned",
    starts: "2026-11-22T14:30:00Z",
    ends: "2026-11-22T15:15:00Z",
    day: "2026-11-22",
    room: { id: "r1", name: "Main hall" },
    surgeons: [],
    capacity: null,
    ...some,
  };
}

export function aFullSession(some: Partial<Session> = {}): Session {
  const event = { id: "e1", slug: "leeds", title: "Leeds surgery", timezone: "Europe/London" };
  return { ...aSession(), event, about: "", links: [], review: "before", paused: false, slow: 0, ...some };
}

export function aDay(some: Partial<EventDay> = {}): EventDay {
  return {
    id: "e1",
    slug: "leeds",
    code: "LDS7K",
    title: "Leeds surgery",
    tagline: "",
    starts: "2026-11-22T09:00:00Z",
    ends: "2026-11-22T17:00:00Z",
    timezone: "Europe/London",
    venue: "Central Library",
    state: "published",
    closed: false,
    clock_offset: 0,
    version: 7,
    about: "",
    language: "en",
    proof: false,
    join_code: false,
    review: "before",
    mixing: "off",
    help_lines: [],
    help_reviewed: null,
    labels: [],
    minutes: 15,
    rehearsal: false,
    rooms: [{ id: "r1", name: "Main hall", about: "" }],
    sessions: [aSession()],
    surgeons: [],
    ...some,
  };
}

export function aQuestion(id: string, shown: number, some: Partial<Question> = {}): Question {
  return {
    id,
    session: "s1",
    text: `Question ${id}`,
    warning: "",
    state: "shown",
    audience: "everyone",
    votes: 0,
    slot: "2026-11-22T14:30:00Z",
    shown,
    answers: [],
    folded: false,
    reported: false,
    ...some,
  };
}

export function aComment(id: string, shown: number, some: Partial<Comment> = {}): Comment {
  return {
    id,
    session: "s1",
    parent: null,
    text: `Comment ${id}`,
    slot: "2026-11-22T14:30:00Z",
    shown,
    edited: false,
    by: { kind: "person", name: "Person 1", surgeon: null },
    reactions: { thanks: 0, same: 0, strength: 0 },
    folded: false,
    reported: false,
    ...some,
  };
}

export function aLive(version: number, some: Partial<SessionLive> = {}): SessionLive {
  return {
    version,
    session: aFullSession(),
    surgeons: [],
    questions: [],
    comments: [],
    more: { questions: null, comments: null },
    counts: { questions: 0, answered: 0, comments: 0 },
    current: null,
    ...some,
  };
}
