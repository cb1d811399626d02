/** The receipts this phone keeps: what was asked from here, and how it stands. Never sent, never synchronised. */
import { all, put, remove, take } from "../lib/store";
import type { Audience, ReturnReason } from "../lib/wire";
import type { Secret } from "./profile";
import { tell } from "./tidings";

/**
 * waiting: on this phone, not sent yet · refused: the server said no, the words are still here ·
 * held: waits for review · shown · returned · hidden · merged: joined with another question · withdrawn
 */
export type Standing = "waiting" | "refused" | "held" | "shown" | "returned" | "hidden" | "merged" | "withdrawn";

/**
 * Of a place: listed: on the waiting list · held: kept for them · here: in the line · called: it is their turn ·
 * withdrawn: given back. What is not sent, or was refused, is called as it is for words.
 */
export type PlaceStanding =
  | "waiting"
  | "refused"
  | "listed"
  | "held"
  | "here"
  | "called"
  | "served"
  | "left"
  | "withdrawn";

export interface Receipt {
  readonly id: string;
  readonly secret: Secret;
  /** The name its sealed notes carry; nobody else can make it. */
  readonly box: string;
  readonly session: { readonly id: string; readonly code: string; readonly title: string };
  readonly text: string;
  readonly warning: string;
  readonly audience: Audience;
  readonly recap: boolean;
  readonly standing: Standing;
  /** Why it was returned or hidden, and what was said with it. */
  readonly reason: ReturnReason | "";
  readonly note: string;
  /** A private reply, in the words of who wrote it. */
  readonly reply: string;
  /** Why the server refused the last sending, in its words. */
  readonly refusal: string;
  /** The question it was joined with, while it is merged. */
  readonly into?: string | null;
  /** The reply that was shown to the safety lead from here. */
  readonly told?: string;
  /** The start of the sealed note learnt from last: a note says its news once, not again after a change. */
  readonly heard?: string;
}

/** The receipt of a place: a number to say aloud, and what was asked for. `note` says where to go when called. */
export type PlaceReceipt = Omit<Receipt, "standing"> & {
  readonly standing: PlaceStanding;
  readonly ticket?: number | null;
  readonly labels?: readonly string[];
  readonly remote?: boolean;
};

export type News = Partial<Omit<Receipt & PlaceReceipt, "id" | "secret" | "box" | "standing">> & {
  readonly standing?: Standing | PlaceStanding;
};

/** How a place stands, in this phone's word: "waiting" is here what was not sent yet. */
export const standingOf = <State extends string>(state: State) =>
  (state === "waiting" ? "listed" : state) as Exclude<State, "waiting"> | "listed";

/** Every receipt on this phone, in no order that means anything. */
export const everyReceipt = async (): Promise<readonly Receipt[]> =>
  (await all<Receipt>("receipts")).map(([, receipt]) => receipt);

/** Keeps a receipt; answers whether it outlives this page. */
export async function keep(receipt: Receipt | PlaceReceipt): Promise<boolean> {
  const kept = await put("receipts", receipt.id, receipt);
  tell();
  return kept;
}

/** Changes what is known of one receipt; one this phone does not keep stays unknown. */
export async function learn(id: string, news: News): Promise<void> {
  const receipt = await take<Receipt>("receipts", id);
  if (!receipt) return;
  const changed = { ...receipt, ...news } as Receipt | PlaceReceipt;
  if (JSON.stringify(changed) !== JSON.stringify(receipt)) await keep(changed);
}

/** "Don't keep it here": the phone forgets it; the question stays where it is. */
export async function forget(id: string): Promise<void> {
  await remove("receipts", id);
  tell();
}
