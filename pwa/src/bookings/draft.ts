/** What is being ticked before a place is held: kept on this phone as words are, and wiped by "Leave quickly". */
import { put, remove, take } from "../lib/store";

export interface Draft {
  /** The help that is wanted, in the day's own words. */
  readonly labels: readonly string[];
  /** By phone or screen, not in the room. */
  readonly remote: boolean;
}

export const EMPTY: Draft = { labels: [], remote: false };
export const MOST_LABELS = 5;

const key = (session: string) => `place:${session}`;

export const takeDraft = async (session: string): Promise<Draft> => ({
  ...EMPTY,
  ...(await take<Draft>("drafts", key(session))),
});

export const keepDraft = async (session: string, draft: Draft): Promise<void> =>
  void (await put("drafts", key(session), draft));

export const dropDraft = (session: string): Promise<void> => remove("drafts", key(session));
