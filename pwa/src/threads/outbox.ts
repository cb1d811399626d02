/** What somebody does with a comment of their own. Each is kept on the phone first and sent when it can be. */
import { clean } from "../lib/text";
import type { Say, Session } from "../lib/wire";
import { dayHere } from "../programme/here";
import { takeCode } from "../safety/code";
import { enqueue, takeBack } from "../safety/outbox";
import { derive, newSecret, tagFor } from "../safety/profile";
import { forget, keep, learn, type Receipt } from "../safety/receipts";
import { tagKey } from "../safety/tags";
import { changingKey, commentPath, sayingKey, withdrawingKey } from "./calls";
import { keepDraft, type Place } from "./draft";

/** The receipt of a comment remembers what it replies to. */
export type SaidReceipt = Receipt & { readonly parent?: string | null };

/** Makes the receipt, keeps it with the words, and sends. The receipt exists before anything leaves. */
export async function say(session: Session, place: Place, words: string): Promise<SaidReceipt> {
  const event = session.event.id;
  const secret = newSecret(event, "comment");
  const { id, auth, replyKey, box } = await derive(secret);
  const voice = await tagFor(await tagKey(event), "voice", session.id);
  const [text, parent] = [clean(words), place || null];
  const receipt: SaidReceipt = {
    id,
    secret,
    box,
    text,
    parent,
    warning: "",
    audience: "everyone",
    recap: false,
    session: { id: session.id, code: session.code, title: session.title },
    standing: "waiting",
    reason: "",
    note: "",
    reply: "",
    refusal: "",
  };
  const day = dayHere();
  const code = day?.id === event && day.join_code && (await takeCode(event));
  const body: Omit<Say, "proof"> = { text, auth, reply_key: replyKey, parent, voice, ...(code && { code }) };
  await keep(receipt);
  await enqueue({
    key: sayingKey(id),
    lane: "words",
    method: "PUT",
    path: commentPath(session.id, id),
    body,
    proof: { act: "say", session: session.id },
    receipt: id,
    ...(code && { coded: event }),
  });
  await keepDraft(session.id, place, "");
  return receipt;
}

/** Sends other words under the same receipt; they go back to review. */
export async function change(receipt: Receipt, words: string): Promise<void> {
  const text = clean(words);
  await learn(receipt.id, { refusal: "" });
  await enqueue({
    ...(await own(receipt)),
    key: changingKey(receipt.id),
    method: "PATCH",
    body: { text },
    proof: { act: "say", session: receipt.session.id },
    news: { text, reason: "", note: "" },
  });
}

/** Takes a comment back: from the outbox if it never left, else from the server too. */
export async function withdraw(receipt: Receipt): Promise<void> {
  await takeBack(changingKey(receipt.id));
  const waited = await takeBack(sayingKey(receipt.id));
  if (receipt.standing === "refused" || waited?.tries === 0) return forget(receipt.id);
  await enqueue({
    ...(await own(receipt)),
    key: withdrawingKey(receipt.id),
    method: "DELETE",
    body: null,
    proof: null,
  });
}

/** How the server knows that a comment is one's own. */
const own = async (receipt: Receipt) =>
  ({
    lane: "words",
    path: commentPath(receipt.session.id, receipt.id),
    authorization: `Receipt ${(await derive(receipt.secret)).auth}`,
    receipt: receipt.id,
  }) as const;

/** Puts words that were not taken back into a reply box, under no receipt. Answers which box. */
export async function compose(receipt: SaidReceipt): Promise<Place> {
  const place = receipt.standing === "refused" ? "" : (receipt.parent ?? "");
  await keepDraft(receipt.session.id, place, receipt.text);
  await withdraw(receipt);
  return place;
}
