/** Sends reactions by a tag only this phone can make. */
import type { Comment, ReactionKind } from "../lib/wire";
import { enqueue } from "../safety/outbox";
import { tagFor } from "../safety/profile";
import { tagKey } from "../safety/tags";
import { reactionKey, reactionPath } from "./calls";

/** Says it (`on`) or takes it back, as soon as there is a network. */
export async function react(comment: Comment, kind: ReactionKind, event: string, on: boolean): Promise<void> {
  const tag = await tagFor(await tagKey(event), "reaction", comment.id);
  const path = reactionPath(comment.session, comment.id, kind, tag);
  const common = { key: reactionKey(comment.id, kind), lane: "votes", path } as const;
  const proof = { act: "vote", session: comment.session, tag } as const;
  await enqueue(
    on ? { ...common, method: "PUT", body: {}, proof } : { ...common, method: "DELETE", body: null, proof: null },
  );
}
