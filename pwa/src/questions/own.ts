/** How one's own questions stand, told by what everybody can read; nothing is asked about them. */
import type { Question } from "../lib/wire";
import { everyReceipt, learn, type Receipt } from "../safety/receipts";
import { fetchPage, listPath } from "./calls";

/**
 * Learns from the shown questions of a session. `whole`: these are all of them, so one that was shown
 * and is missing is being looked at again.
 */
export async function learnFromShown(session: string, shown: readonly Question[], whole: boolean): Promise<void> {
  const ids = new Map(shown.map((question) => [question.id, question]));
  for (const receipt of await everyReceipt()) {
    if (receipt.session.id !== session || receipt.secret.kind !== "question") continue;
    const question = ids.get(receipt.id);
    if (question)
      await learn(receipt.id, {
        ...(isOpen(receipt) && { standing: "shown" }),
        ...(!receipt.text && { text: question.text }),
      });
    else if (whole && receipt.standing === "shown" && receipt.audience === "everyone")
      await learn(receipt.id, { standing: "held" });
  }
}

/** On the public list it is shown, whatever this phone heard before; except what it has taken back itself. */
const isOpen = (receipt: Receipt): boolean => receipt.standing !== "withdrawn";

/** Every shown question of a session, as any reader may page through them. */
export async function everyShown(session: string): Promise<readonly Question[]> {
  const found: Question[] = [];
  for (let next: string | null = listPath(session, "newest", 200); next; ) {
    const page: { next: string | null; results: Question[] } = await fetchPage(next);
    found.push(...page.results);
    next = page.next;
  }
  return found;
}
