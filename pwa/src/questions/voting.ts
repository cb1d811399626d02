/** Casts votes by a tag only this phone can make. */
import type { Question } from "../lib/wire";
import { enqueue } from "../safety/outbox";
import { tagFor } from "../safety/profile";
import { tagKey } from "../safety/tags";
import { voteKey, votePath } from "./calls";

/** Votes (`on`) or takes the vote back, as soon as there is a network. */
export async function cast(question: Question, event: string, on: boolean): Promise<void> {
  const tag = await tagFor(await tagKey(event), "vote", question.id);
  const path = votePath(question.session, question.id, tag);
  const common = { key: voteKey(question.id), lane: "votes", path } as const;
  const proof = { act: "vote", session: question.session, tag } as const;
  await enqueue(
    on ? { ...common, method: "PUT", body: {}, proof } : { ...common, method: "DELETE", body: null, proof: null },
  );
}
