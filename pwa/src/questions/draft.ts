/** What is being written: kept on this phone through reload, back, crash and sign-out; wiped by "Leave quickly". */
import { put, remove, take } from "../lib/store";
import type { Audience } from "../lib/wire";

export interface Draft {
  readonly text: string;
  readonly warning: string;
  readonly audience: Audience;
  readonly recap: boolean;
  readonly code: string;
}

export const EMPTY: Draft = { text: "", warning: "", audience: "everyone", recap: true, code: "" };

const key = (session: string) => `ask:${session}`;

export const takeDraft = async (session: string): Promise<Draft> => ({
  ...EMPTY,
  ...(await take<Draft>("drafts", key(session))),
});

/** Keeps it; an empty one is not kept. */
export async function keepDraft(session: string, draft: Draft): Promise<void> {
  if (draft.text || draft.warning) await put("drafts", key(session), draft);
  else await dropDraft(session);
}

export const dropDraft = (session: string): Promise<void> => remove("drafts", key(session));
