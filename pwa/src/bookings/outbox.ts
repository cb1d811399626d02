/** Holding a place, coming, giving it back. Each is kept on the phone first and sent when it can be. */
import type { Session } from "../lib/wire";
import { enqueue, type Item, takeBack } from "../safety/outbox";
import { derive, newSecret } from "../safety/profile";
import { forget, keep, learn, type PlaceReceipt } from "../safety/receipts";
import { bookingPath, holdingKey, placeKey } from "./calls";
import { type Draft, dropDraft, keepDraft } from "./draft";

export interface Asked {
  readonly receipt: PlaceReceipt;
  /** False where the browser keeps nothing: it lives until the page closes. */
  readonly durable: boolean;
}

/** Makes the receipt, keeps it with what was ticked, and sends. The receipt exists before anything leaves. */
export async function hold(session: Session, { labels, remote }: Draft): Promise<Asked> {
  const secret = newSecret(session.event.id, "booking");
  const { id, auth, replyKey, box } = await derive(secret);
  const receipt: PlaceReceipt = {
    id,
    secret,
    box,
    session: { id: session.id, code: session.code, title: session.title },
    text: "",
    warning: "",
    audience: "everyone",
    recap: false,
    standing: "waiting",
    reason: "",
    note: "",
    reply: "",
    refusal: "",
    labels,
    remote,
  };
  const item: Item = {
    ...about(receipt),
    key: holdingKey(id),
    method: "PUT",
    body: { auth, reply_key: replyKey, labels, remote },
    proof: { act: "book", session: session.id },
  };
  const durable = (await keep(receipt)) && (await enqueue(item));
  await dropDraft(session.id);
  return { receipt, durable };
}

/** Tells the door that they are here: the same as saying the number aloud. */
export async function come(receipt: PlaceReceipt): Promise<void> {
  await learn(receipt.id, { refusal: "" });
  const item = about(receipt);
  await enqueue({ ...item, method: "POST", path: `${item.path}here/`, body: {}, authorization: await bearer(receipt) });
}

/** Gives the place back: out of the outbox if it never left, else at the server too. */
export async function giveBack(receipt: PlaceReceipt): Promise<void> {
  await takeBack(placeKey(receipt.id));
  const waited = await takeBack(holdingKey(receipt.id));
  if (receipt.standing === "refused" || waited?.tries === 0) return forget(receipt.id);
  await learn(receipt.id, { refusal: "" });
  await enqueue({ ...about(receipt), method: "DELETE", body: null, authorization: await bearer(receipt) });
}

/** Puts what was ticked back on its page, under no receipt. */
export async function startAgain(receipt: PlaceReceipt): Promise<void> {
  await keepDraft(receipt.session.id, { labels: receipt.labels ?? [], remote: receipt.remote ?? false });
  await giveBack(receipt);
}

const about = ({ id, session }: PlaceReceipt) => ({
  key: placeKey(id),
  lane: "words" as const,
  path: bookingPath(session.id, id),
  proof: null,
  receipt: id,
});

const bearer = async ({ secret }: PlaceReceipt): Promise<string> => `Receipt ${(await derive(secret)).auth}`;
