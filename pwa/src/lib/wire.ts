/**
 * The names of what travels between phone and server: aliases of the contract (docs/openapi/openapi.yaml,
 * generated into schema.d.ts by `npm run types`), and the few shapes that have no address of their own.
 */
import type { components } from "./schema";

type Named = components["schemas"];

/** An answer carries every field, also those a default lets the contract call optional. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { -readonly [Name in keyof T]-?: Whole<Exclude<T[Name], undefined>> }
    : T;

export type EventState = Named["EventState"];
export type SessionKind = Named["SessionKind"];
export type SessionState = Named["SessionState"];
export type ReviewTime = Named["ReviewMode"];
export type ReviewState = Named["ReviewState"];
export type Audience = Named["Audience"];
export type StaffRole = Named["RoleKind"];
export type ReturnReason = Named["Reason"];
export type ReactionKind = keyof Named["CommentReactions"];

export interface Page<T> {
  next: string | null;
  previous: string | null;
  results: T[];
}

export type Link = Whole<Named["Link"]>;
export type Room = Whole<Named["Room"]>;
export type SurgeonCard = Whole<Named["SurgeonCard"]>;
export type Surgeon = Whole<Named["Surgeon"]>;
export type SessionCard = Whole<Named["SessionCard"]>;
export type Session = Whole<Named["Session"]>;
export type EventCard = Whole<Named["EventCard"]>;
export type EventDay = Whole<Named["Event"]>;
export type HelpLine = Whole<Named["HelpLine"]>;

export type Answer = Whole<Named["Answer"]>;
/** A question on a list is shown, so it has the version that showed it. */
export type Question = Omit<Whole<Named["Question"]>, "shown"> & { shown: number };
export type Comment = Whole<Named["Comment"]>;
export type SessionCounts = Whole<Named["SessionCounts"]>;
export type SessionLive = Omit<Whole<Named["SessionLive"]>, "questions"> & { questions: Question[] };
export type EventLive = Whole<Named["EventLive"]>;

/** What is published of a session's places and of its line. `wait` is in minutes. */
export interface QueueLine {
  session: string;
  seats: "open" | "free" | "few" | "full";
  waiting: number;
  wait: number | null;
  missing: string[];
  called: { ticket: number; place: string }[];
}

/** A surgeon who is at the day. */
export interface Present {
  surgeon: string;
  state: "here" | "busy";
  place: string;
}

export type Change =
  | { kind: "question"; subject: string; item: Question | null }
  | { kind: "comment"; subject: string; item: Comment | null }
  | { kind: "session"; subject: string; item: Session | SessionCard | null }
  | { kind: "surgeon"; subject: string; item: SurgeonCard | null }
  | { kind: "current"; subject: string; item: { question: string | null } | null }
  | { kind: "line"; subject: string; item: QueueLine | null }
  | { kind: "presence"; subject: string; item: Present | null }
  | { kind: "notes"; subject: string; item: { session: string } | null }
  | { kind: "counts"; subject: string; item: SessionCounts | null }
  | { kind: "event"; subject: string; item: EventCard | null }
  | { kind: "room"; subject: string; item: Room | null };

/** One frame of a stream. */
export interface Changes {
  version: number;
  changes: Change[];
}

export type Proof = { type: "none" } | { type: "pow"; payload: string };
export type Ask = Omit<Named["AskRequest"], "proof" | "warning" | "reply_key"> & {
  warning?: string;
  reply_key: string | null;
  proof: Proof;
};
export type Say = Omit<Named["SayRequest"], "proof" | "parent" | "reply_key"> & {
  parent: string | null;
  reply_key: string | null;
  proof: Proof;
};

export interface Accepted {
  id: string;
  state: "held" | "shown";
}

/** A place: kept, or (waiting) on the waiting list. */
export interface Booked {
  id: string;
  state: "held" | "waiting" | "here" | "called" | "served" | "left";
  ticket: number | null;
}

export type SealedNotes = Whole<Named["Notes"]>;

/** What a sealed note says once it is opened on the phone. */
export interface OpenedNote {
  state: "returned" | "hidden" | "merged" | "reply" | "held" | "shown" | "here" | "called" | "served" | "left";
  reason: ReturnReason | "";
  note: string;
  at: string;
  /** The question it was joined with. */
  into: string | null;
}

export interface FoundReceipt {
  kind: "question" | "comment" | "booking";
  id: string;
  session: string;
  event: string;
  state: "held" | "shown" | "returned" | "hidden" | "merged" | Booked["state"];
  reason: ReturnReason | "";
  into: string | null;
  /** Of a question: who may see it, and whether it may stay after the day. Null for all else. */
  audience: Audience | null;
  recap: boolean | null;
  ticket?: number | null;
  place?: string;
}

export type Tally = Whole<Named["Tally"]>;
export type Tokens = Whole<Named["Tokens"]>;
export type Me = Whole<Named["Me"]>;
export type OwnSurgeon = Whole<Named["OwnSurgeon"]>;
export type Invitation = Whole<Named["Invitation"]>;
export type InvitationLink = Whole<Named["InvitationLink"]>;
export type InvitationLook = Whole<Named["InvitationLook"]>;
export type CoModeratorLink = Whole<Named["CoModeratorLink"]>;
export type HeldRole = Whole<Named["Role"]>;
export type Desk = Whole<Named["Desk"]>;
export type Review = Whole<Named["Review"]>;
export type BulkDone = Whole<Named["BulkDone"]>;
export type DeskQuestion = Whole<Named["DeskQuestion"]>;
export type ProblemBody = Omit<Whole<Named["Problem"]>, "errors"> & { errors?: Whole<Named["ProblemError"]>[] };
