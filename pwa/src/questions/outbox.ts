/** What an asker does with a question. Each is kept on the phone first and sent when it can be. */
import { clean } from "../lib/text";
import type { Ask, Session } from "../lib/wire";
import { enqueue, type Item, takeBack } from "../safety/outbox";
import { derive, newSecret } from "../safety/profile";
import { prepare } from "../safety/proof";
import { forget, keep, learn, type Receipt } from "../safety/receipts";
import { changingKey, questionPath, sendingKey } from "./calls";
import { type Draft, dropDraft, EMPTY, keepDraft } from "./draft";

export type Asked = {
  readonly receipt: Receipt /** False where the browser keeps nothing: it lives until the page closes. */;
  readonly durable: boolean;
};

/** Makes the receipt, keeps it with the words, and sends. The receipt exists before anything leaves. */
export async function ask(session: Session, draft: Draft): Promise<Asked> {
  const secret = newSecret(session.event.id, "question");
  const { id, auth, replyKey, box } = await derive(secret);
  const { audience, recap } = draft;
  const [text, warning, code] = [clean(draft.text), clean(draft.warning), draft.code.trim()];
  const place = { id: session.id, code: session.code, title: session.title };
  const receipt: Receipt = {
    id,
    secret,
    box,
    session: place,
    text,
    warning,
    audience,
    recap,
    standing: "waiting",
    reason: "",
    note: "",
    reply: "",
    refusal: "",
  };
  const body: Omit<Ask, "proof"> = {
    text,
    auth,
    reply_key: replyKey,
    audience,
    recap,
    ...(warning && { warning }),
    ...(code && { code }),
  };
  const durable =
    (await keep(receipt)) &&
    (await enqueue(sending(receipt, { method: "PUT", body, ...(code && { coded: session.event.id }) })));
  await dropDraft(session.id);
  return { receipt, durable };
}

/** Sends other words under the same receipt; they go back to review. */
export async function change(receipt: Receipt, text: string): Promise<void> {
  const cleaned = clean(text);
  await learn(receipt.id, { refusal: "" });
  const item = sending(receipt, { method: "PATCH", body: { text: cleaned }, authorization: await bearer(receipt) });
  await enqueue({ ...item, key: changingKey(receipt.id), news: { text: cleaned, reason: "", note: "" } });
}

/** Takes a question back: from the outbox if it never left, else from the server too. */
export async function withdraw(receipt: Receipt): Promise<void> {
  await takeBack(changingKey(receipt.id));
  const waited = await takeBack(sendingKey(receipt.id));
  const neverLeft = receipt.standing === "refused" || waited?.tries === 0;
  if (neverLeft) return forget(receipt.id);
  const item = sending(receipt, { method: "DELETE", body: null, authorization: await bearer(receipt) });
  await enqueue({ ...item, key: changingKey(receipt.id), proof: null });
}

/** Puts words that were not taken back into the composer of their session, under no receipt. */
export async function compose(receipt: Receipt): Promise<void> {
  const { text, warning, audience, recap } = receipt;
  await keepDraft(receipt.session.id, { ...EMPTY, text, warning, audience, recap });
  await withdraw(receipt);
}

/** Gets what sending will take, while somebody writes. */
export const makeReady = (session: string): void => prepare("ask", session);

type Way = Pick<Item, "method" | "body" | "authorization" | "coded">;

function sending(receipt: Receipt, way: Way): Item {
  const session = receipt.session.id;
  const path = questionPath(session, receipt.id);
  return {
    key: sendingKey(receipt.id),
    lane: "words",
    path,
    proof: { act: "ask", session },
    receipt: receipt.id,
    ...way,
  };
}

const bearer = async (receipt: Receipt): Promise<string> => `Receipt ${(await derive(receipt.secret)).auth}`;
