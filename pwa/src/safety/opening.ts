/** Opens a receipt that was not made on this phone: from typed words, or from a QR code. */
import { Problem } from "../lib/http";
import type { FoundReceipt } from "../lib/wire";
import { fetchSession, lookUp } from "./calls";
import { derive, type Kind, type Secret } from "./profile";
import { everyReceipt, keep, learn, type Receipt, standingOf } from "./receipts";

/** Kinds there is something to look up for, most likely first: words do not say which they are. */
const SOUGHT: readonly Kind[] = ["question", "comment", "booking"];

/** Looks a seed up as each kind in turn and keeps what is found. Null if the server knows none; throws `NoAnswer`. */
export async function openSeed(seed: string, event: string): Promise<Receipt | null> {
  for (const kind of SOUGHT) {
    const receipt = await openSecret({ seed, event, kind });
    if (receipt) return receipt;
  }
  return null;
}

export async function openSecret(secret: Secret): Promise<Receipt | null> {
  const { id, auth, box } = await derive(secret);
  const kept = (await everyReceipt()).find((receipt) => receipt.id === id);
  try {
    const found = await lookUp(auth);
    // What this phone knows of it (the words, a private reply) stays.
    const receipt = { ...(kept ?? (await receiptOf(found, { id, secret, box }))), ...newsIn(found) };
    await keep(receipt);
    return receipt;
  } catch (reason) {
    if (!(reason instanceof Problem && (reason.status === 404 || reason.status === 410))) throw reason;
    // It was there once, so it has been withdrawn from another phone, or the day was purged.
    if (kept && kept.standing !== "waiting" && kept.standing !== "refused") await learn(id, { standing: "withdrawn" });
    return null;
  }
}

const newsIn = ({ state, reason, into, ticket, place, audience, recap }: FoundReceipt) => ({
  // The receipt's own kind says which of the two it is; here it is one as good as the other.
  standing: standingOf(state) as Receipt["standing"],
  reason,
  note: place ?? "",
  into,
  ...(ticket && { ticket }),
  // Of a question alone: who may see it.
  ...(audience && { audience }),
  ...(recap !== null && { recap }),
});

async function receiptOf(found: FoundReceipt, own: Pick<Receipt, "id" | "secret" | "box">): Promise<Receipt> {
  const session = await fetchSession(found.session);
  return {
    ...own,
    session: { id: session.id, code: session.code, title: session.title },
    text: "", // the server does not tell what is in review, not even to its writer
    warning: "",
    audience: "everyone",
    recap: true,
    ...newsIn(found),
    reply: "",
    refusal: "",
  };
}
