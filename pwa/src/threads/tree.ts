/** A thread out of a flat list: three levels deep, replies in the order they were shown. Pure functions. */
import type { Comment } from "../lib/wire";
import type { Sort } from "./calls";

/** How deep replies stand; the server refuses a fourth level. */
export const DEEPEST = 3;

export interface Branch {
  readonly id: string;
  /** Null where only replies are left: it was withdrawn, or it is not loaded yet. */
  readonly comment: Comment | null;
  readonly level: number;
  readonly replies: readonly Branch[];
  /** The version it stands at among its sisters. */
  readonly shown: number;
}

/** The branches of a thread. Replies read forwards, whatever the order of what they reply to. */
export function tree(comments: readonly Comment[], sort: Sort): Branch[] {
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const under = new Map<string, Comment[]>();
  for (const comment of comments) {
    if (comment.parent) under.set(comment.parent, [...(under.get(comment.parent) ?? []), comment]);
  }
  const branch = (id: string, level: number): Branch => {
    const comment = byId.get(id) ?? null;
    const replies = (under.get(id) ?? []).map((reply) => branch(reply.id, Math.min(level + 1, DEEPEST))).sort(forwards);
    return { id, comment, level, replies, shown: comment?.shown ?? replies[0]?.shown ?? 0 };
  };
  const roots = comments.filter(({ parent }) => !parent).map(({ id }) => id);
  const lost = [...under.keys()].filter((id) => !byId.has(id));
  const order = sort === "oldest" ? forwards : backwards;
  return [...roots, ...lost].map((id) => branch(id, 1)).sort(order);
}

const forwards = (one: Branch, other: Branch) => one.shown - other.shown || (one.id < other.id ? -1 : 1);
const backwards = (one: Branch, other: Branch) => forwards(other, one);

/**
 * What a reply to `comment` is a reply to: itself, or on the deepest level the one above, so that talk goes
 * on there. Null (a new beginning) where nothing above is left to reply to.
 */
export function replyTo(comment: Comment, level: number, known: ReadonlyMap<string, Comment>): string | null {
  if (level < DEEPEST) return comment.id;
  return comment.parent && known.has(comment.parent) ? comment.parent : null;
}
