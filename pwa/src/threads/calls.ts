/** Addresses and requests of this folder. */
import { API, get } from "../lib/http";
import type { Comment, Page, ReactionKind } from "../lib/wire";
import { ownPath } from "../programme/calls";

export const SORTS = ["oldest", "newest"] as const;
export type Sort = (typeof SORTS)[number];

export const listPath = (session: string, sort: Sort) =>
  `${API}/sessions/${session}/comments/?sort=${sort}&page_size=50`;
export const commentPath = (session: string, id: string) => `${API}/sessions/${session}/comments/${id}/`;
export const reactionPath = (session: string, id: string, kind: ReactionKind, tag: string) =>
  `${commentPath(session, id)}reactions/${kind}/${tag}/`;

/** Keys in the outbox: the sending of a comment, its change, its withdrawal, and a reaction. */
export const sayingKey = (id: string) => `say:${id}`;
export const changingKey = (id: string) => `resay:${id}`;
export const withdrawingKey = (id: string) => `unsay:${id}`;
export const reactionKey = (id: string, kind: ReactionKind) => `react:${id}:${kind}`;

/** One page of shown comments, by an address of ours or one the server gave. */
export async function fetchPage(path: string): Promise<Page<Comment>> {
  const { body } = await get<Page<Comment>>(ownPath(path));
  return { ...body, next: body.next && ownPath(body.next) };
}

/** One shown comment. Never call it for an own one that is not shown: the address would tell whose it is. */
export const fetchComment = async (session: string, id: string): Promise<Comment> =>
  (await get<Comment>(commentPath(session, id))).body;
