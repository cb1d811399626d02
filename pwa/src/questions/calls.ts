/** Addresses and requests of this folder. */
import { API, get } from "../lib/http";
import type { Page, Question } from "../lib/wire";
import { ownPath } from "../programme/calls";

export const SORTS = ["votes", "newest", "unanswered"] as const;
export type Sort = (typeof SORTS)[number];

export { livePath } from "../safety/pause";

export const questionPath = (session: string, id: string) => `${API}/sessions/${session}/questions/${id}/`;
export const votePath = (session: string, id: string, tag: string) => `${questionPath(session, id)}votes/${tag}/`;
export const listPath = (session: string, sort: Sort, size = 50) =>
  `${API}/sessions/${session}/questions/?sort=${sort}&page_size=${size}`;

/** Keys in the outbox: the sending of a question, its change or withdrawal, a vote. */
export const sendingKey = (id: string) => `ask:${id}`;
export const changingKey = (id: string) => `change:${id}`;
export const voteKey = (id: string) => `vote:${id}`;

/** One page of shown questions, by an address of ours or one the server gave. */
export async function fetchPage(path: string): Promise<Page<Question>> {
  const { body } = await get<Page<Question>>(ownPath(path));
  return { ...body, next: body.next && ownPath(body.next) };
}
