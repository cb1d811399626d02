/** What a phone derives for the rows of tests/vectors/receipts.json, by the app's own code, for any engine to run. */
import { b64u, unhex } from "../../../pwa/src/safety/bytes";
import { openNote, type SealedNote } from "../../../pwa/src/safety/hpke";
import { derive, fragmentOf, type Kind, type Secret, type TagUse, tagFor } from "../../../pwa/src/safety/profile";
import { readWords, wordsOf } from "../../../pwa/src/safety/words";

interface Row {
  seed: string;
  event: string;
  kind: string;
}

const secretOf = ({ seed, event, kind }: Row): Secret => ({ seed: b64u(unhex(seed)), event, kind: kind as Kind });

export async function derived(row: Row) {
  const secret = secretOf(row);
  const { id, auth, replyKey, box } = await derive(secret);
  const words = (await wordsOf(secret.seed)).join(" ");
  return { id, auth, reply_key: replyKey, box, words, fragment: fragmentOf(secret) };
}

export const tag = (row: { key: string; use: string; uuid: string }) =>
  tagFor(b64u(unhex(row.key)), row.use as TagUse, row.uuid);

export const opened = (row: Row, note: SealedNote) => openNote(secretOf(row), note);

export async function seedOfWords(words: string) {
  const read = await readWords(words);
  return "seed" in read ? read.seed : null;
}

Object.assign(globalThis, { vectors: { derived, tag, opened, seedOfWords } });
