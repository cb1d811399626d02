/** Opens a receipt that was not made on this phone: from typed words, or from a QR code. */
import { Problem } from "../lib/http";
import type { FoundReceipt } from "../lib/wire";
import { fetchSession, lookUp } from "./calls";
import { derive, type Kind, type Secret } from "./profile";
import { keep, type Receipt } from "./receipts";

/** Kinds there is something to look up for, most likely first: words do not say which they are. */
const SOUGHT: readonly Kind[] = ["question", "comment"];

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
  try {
    const found = await lookUp(auth);
    const receipt = await receiptOf(found, { id, secret, box });
    await keep(receipt);
    return receipt;
  } catch (reason) {
    if (reason instanceof Problem && (reason.status === 404 || reason.status === 410)) return null;
    throw reason;
  }
}

async function receiptOf(found: FoundReceipt, own: Pick<Receipt, "id" | "secret" | "box">): Promise<Receipt> {
  const session = await fetchSession(found.session);
  return {
    ...own,
    session: { id: session.id, code: session.code, title: session.title },
    text: "", // the server does not tell what is in review, not even to its writer
    warning: "",
    audience: "everyone",
    recap: true,
    standing: found.state,
    reason: found.reason ?? "",
    note: found.note ?? "",
    reply: "",
    refusal: "",
  };
}
