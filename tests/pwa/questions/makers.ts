import type { Answer, Question, Session } from "@src/lib/wire";

export const EVENT = "0f0e0d0c-0b0a-4908-8706-050403020100";
export const SESSION = "5d1f0c3e-8a7b-4c2d-9e6f-1a2b3c4d5e6f";

export const aSession = (more: Partial<Session> = {}): Session => ({
  id: SESSION,
  code: "x7k2",
  kind: "surgery",
  title: "Blogs and privacy",
  subtitle: "",
  track: "",
  language: "en",
  state: "planned",
  starts: "2026-11-22T14:00:00Z",
  ends: "2026-11-22T15:00:00Z",
  day: "2026-11-22",
  room: null,
  surgeons: [],
  capacity: null,
  event: { id: EVENT, slug: "leeds", title: "Leeds", timezone: "Europe/London" },
  about: "",
  links: [],
  review: "before",
  paused: false,
  slow: 0,
  ...more,
});

export const anAnswer = (more: Partial<Answer> = {}): Answer => ({
  id: "a1",
  text: "Start with one page.",
  spoken: false,
  edited: false,
  slot: "2026-11-22T14:30:00Z",
  by: { id: null, name: "a surgeon" },
  ...more,
});

export const aQuestion = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  session: SESSION,
  text: `Question ${id}`,
  warning: "",
  state: "shown",
  audience: "everyone",
  votes: 0,
  slot: "2026-11-22T14:15:00Z",
  shown: 1,
  answers: [],
  folded: false,
  reported: false,
  ...more,
});
