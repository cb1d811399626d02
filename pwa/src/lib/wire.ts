/** The names of what travels between phone and server. The only home of wire types. */

export type EventState = "draft" | "published" | "cancelled";
export type SessionKind = "surgery" | "workshop" | "talk" | "open-space";
export type ReviewTime = "before" | "after" | "closed";
export type Audience = "everyone" | "surgeons";
export type ReactionKind = "thanks" | "same" | "strength";
export type ReviewState = "held" | "approved" | "shown" | "returned" | "hidden";
export type StaffRole = "organiser" | "moderator" | "surgeon";

export interface Page<T> {
  next: string | null;
  previous: string | null;
  results: T[];
}

export interface Link {
  label: string;
  url: string;
}

export interface Room {
  id: string;
  name: string;
  about: string;
}

export interface SurgeonCard {
  id: string;
  name: string;
  headline: string;
  labels: string[];
  photo: string | null;
}

export interface Surgeon extends SurgeonCard {
  pronouns: string;
  about: string;
  links: Link[];
  sessions: string[];
}

export interface SessionCard {
  id: string;
  code: string;
  kind: SessionKind;
  title: string;
  subtitle: string;
  track: string;
  language: string;
  state: "planned" | "cancelled";
  starts: string;
  ends: string;
  day: string;
  room: { id: string; name: string } | null;
  surgeons: { id: string; name: string }[];
  capacity: number | null;
}

export interface Session extends SessionCard {
  event: { id: string; slug: string; title: string; timezone: string };
  about: string;
  links: Link[];
  review: ReviewTime;
}

export interface EventCard {
  id: string;
  slug: string;
  code: string;
  title: string;
  tagline: string;
  starts: string;
  ends: string;
  timezone: string;
  venue: string;
  state: EventState;
  clock_offset: number;
}

export interface HelpLine {
  name: string;
  note: string;
  tel: string;
  sms: string;
  url: string;
}

export interface EventDay extends EventCard {
  version: number;
  about: string;
  language: string;
  proof: boolean;
  join_code: boolean;
  review: ReviewTime;
  mixing: "off" | "gentle" | "safe";
  help_lines: HelpLine[];
  help_reviewed: string | null;
  rooms: Room[];
  sessions: SessionCard[];
  surgeons: SurgeonCard[];
}

export interface Answer {
  id: string;
  text: string;
  spoken: boolean;
  edited: boolean;
  slot: string;
  by: { id: string | null; name: string };
}

export interface Question {
  id: string;
  session: string;
  text: string;
  warning: string;
  state: "shown";
  audience: "everyone";
  votes: number;
  slot: string;
  shown: number;
  answers: Answer[];
  folded: boolean;
}

export interface Comment {
  id: string;
  session: string;
  parent: string | null;
  text: string;
  slot: string;
  shown: number;
  edited: boolean;
  by: { kind: "person" | "surgeon" | "staff"; name: string; surgeon: string | null };
  reactions: Record<ReactionKind, number>;
}

export interface SessionLive {
  version: number;
  session: Session;
  surgeons: SurgeonCard[];
  questions: Question[];
  comments: Comment[];
  more: { questions: string | null; comments: string | null };
  counts: { questions: number; answered: number; comments: number };
}

export interface SessionCounts {
  id: string;
  questions: number;
  answered: number;
  comments: number;
}

export interface EventLive {
  version: number;
  event: { id: string; slug: string; state: EventState };
  day: number;
  sessions: SessionCounts[];
}

export type Change =
  | { kind: "question"; subject: string; item: Question | null }
  | { kind: "comment"; subject: string; item: Comment | null }
  | { kind: "session"; subject: string; item: Session | SessionCard | null }
  | { kind: "surgeon"; subject: string; item: SurgeonCard | null }
  | { kind: "notes"; subject: string; item: { session: string } | null }
  | { kind: "counts"; subject: string; item: SessionCounts | null }
  | { kind: "event"; subject: string; item: EventCard | null }
  | { kind: "room"; subject: string; item: Room | null };

export interface Changes {
  version: number;
  changes: Change[];
}

export type Proof = { type: "none" } | { type: "pow"; payload: string };

export interface Ask {
  text: string;
  auth: string;
  reply_key: string | null;
  audience: Audience;
  recap: boolean;
  warning?: string;
  code?: string;
  proof: Proof;
}

export interface Say {
  text: string;
  auth: string;
  reply_key: string | null;
  parent: string | null;
  voice: string;
  proof: Proof;
}

export interface Accepted {
  id: string;
  state: "held" | "shown";
}

export interface SealedNotes {
  version: number;
  notes: { box: string; sealed: string }[];
}

export type ReturnReason =
  | "off-topic"
  | "names-somebody"
  | "unkind"
  | "asked-already"
  | "not-for-here"
  | "needs-care"
  | "other";

export interface OpenedNote {
  state: "returned" | "hidden" | "reply" | "held" | "shown";
  reason: ReturnReason | "";
  note: string;
  at: string;
}

export interface FoundReceipt {
  kind: "question" | "comment";
  id: string;
  session: string;
  event: string;
  state: "held" | "shown" | "returned" | "hidden";
  reason: ReturnReason | "";
  note: string;
}

export interface Tokens {
  access: string;
  refresh: string;
}

export interface Me {
  id: string;
  email: string;
  name: string;
  roles: { event: EventCard; role: StaffRole }[];
  surgeon: (Surgeon & { published: boolean; public: string[] }) | null;
}

export interface InvitationLook {
  role: StaffRole;
  name: string;
  event: EventCard;
}

export interface Desk {
  event: EventCard;
  roles: StaffRole[];
  counts: { held: number; approved: number };
  sessions: { id: string; code: string; title: string; review: ReviewTime; held: number; shown: number }[];
}

export interface Review {
  id: string;
  kind: "question" | "comment";
  subject: string;
  text: string;
  warning: string;
  audience: Audience;
  session: { id: string; code: string; title: string };
  state: ReviewState;
  care: boolean;
}

export interface BulkDone {
  done: string[];
  refused: { id: string; code: string }[];
}

export interface DeskQuestion {
  id: string;
  session: { id: string; code: string; title: string };
  text: string;
  audience: Audience;
  votes: number;
  answers: Answer[];
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { attr: string; code: string; detail: string }[];
}
