/** How one's own comments stand, told by what everybody can read; nothing is asked about them. */
import type { Comment } from "../lib/wire";
import { everyReceipt, forget, learn } from "../safety/receipts";

/** Learns from the shown comments of a session, and forgets what this phone has withdrawn. */
export async function learnFromShown(session: string, shown: readonly Comment[]): Promise<void> {
  const ids = new Map(shown.map((comment) => [comment.id, comment]));
  for (const { id, secret, session: place, standing, text } of await everyReceipt()) {
    if (place.id !== session || secret.kind !== "comment") continue;
    const comment = ids.get(id);
    if (standing === "withdrawn") await forget(id);
    // Other words than this phone last sent are those from before a change.
    else if (comment && (!text || text === comment.text))
      await learn(id, { standing: "shown", reason: "", note: "", ...(!text && { text: comment.text }) });
  }
}
