/** The requests of a moderator's bench: decisions, undoing, care, and the pace of a session. */
import { API } from "../lib/http";
import type { components } from "../lib/schema";
import type { BulkDone, Page, Review, ReviewState } from "../lib/wire";
import { type Changed, deskPath } from "./calls";
import { call } from "./tokens";

type Named = components["schemas"];

/** Something under review, as the bench reads it. */
export type BenchReview = Review;

export type Act = "show" | "return" | "hide" | "merge" | "unmerge" | "keep";

/** What is decided: `seen` is the state it was read in, so that nothing unread is decided on. */
export interface Decision {
  readonly act: Act;
  readonly seen: ReviewState;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  /** Id of the review of the question it is joined with. */
  readonly into?: string | undefined;
}

/** What a decision made of it, and the line of the audit list with which it can be undone. */
export type Decided = Named["Decided"];

export type Flow = Named["Flow"];
export type Colleague = Named["Colleague"];
export type Similar = Named["Alike"];
export type Tally = Named["Tally"];
/** A line of the audit list. */
export type ActLine = Named["Act"];

const query = (values: Record<string, string>) =>
  new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
const reviewPath = (review: string, what: string) => `${API}/desk/reviews/${review}/${what}/`;

export const reviewsPath = (event: string, lane: ReviewState | "care" | "reported", session: string, size = 50) =>
  `${deskPath(event)}reviews/?${query({
    ...(lane === "care" || lane === "reported" ? { lane } : { state: lane }),
    session,
    page_size: String(size),
  })}`;
export const similarPath = (review: string) => reviewPath(review, "similar");
export const flowPath = (session: string) => `${API}/desk/sessions/${session}/flow/`;
export const tallyPath = (session: string) => `${API}/sessions/${session}/tally/`;
export const colleaguesPath = (event: string) => `${deskPath(event)}colleagues/`;

const post = async <T>(path: string, body: object = {}): Promise<T> => (await call<T>("POST", path, { body })).body;

const said = ({ act, reason = "", note = "", into }: Omit<Decision, "seen">) => ({
  ...((act === "return" || act === "hide") && { reason }),
  ...(act === "return" && { note }),
  ...(act === "merge" && { into }),
});

export const decide = (review: string, decision: Decision): Promise<Decided> =>
  post(reviewPath(review, decision.act), {
    ...(/^(show|return|hide|merge)$/.test(decision.act) && { seen: decision.seen }),
    ...said(decision),
  });

/** Decides on many; `seen` where all of them stand in one state. */
export const decideMany = (
  event: string,
  reviews: readonly string[],
  { act, seen, ...why }: Decision,
): Promise<BulkDone> => post(`${deskPath(event)}reviews/bulk/`, { act, seen, reviews, ...said({ act, ...why }) });

/** Decides on all that wait in the same session with alike words. */
export const decideSimilar = (review: string, act: "return" | "hide", reason: string, note: string) =>
  post<{ done: number }>(similarPath(review), { act, ...said({ act, reason, note }) });

/** Puts back what a line of the audit list tells of. */
export const undo = (act: string) => post<unknown>(`${API}/desk/acts/${act}/undo/`);

export const careFor = (review: string, care: boolean) => post<BenchReview>(reviewPath(review, "care"), { care });

/** Gives it to a colleague; null gives it back to the safety lead. */
export const claim = ({ id, owner }: BenchReview, to: string | null) =>
  post<BenchReview>(reviewPath(id, "claim"), { to, seen: owner?.id ?? null });

export const askTheLead = (question: string) =>
  post<unknown>(`${API}/desk/questions/${question}/care/`, { care: true });

/** `match` is the ETag of what was read: 412 where somebody else was first. */
export const changeFlow = (session: string, some: Partial<Flow>, match: string): Promise<Changed<Flow>> =>
  call<Flow>("PATCH", flowPath(session), { body: some, match });

export type Reviews = Page<BenchReview>;

export const actsPath = (event: string) => `${deskPath(event)}acts/?page_size=50`;
