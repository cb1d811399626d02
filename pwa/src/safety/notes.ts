/**
 * Sealed notes: everybody who follows a session gets the same ones at the same moments, and only the phone
 * knows which box is its own. Reading a private reply is therefore not a request that says "mine".
 */
import type { OpenedNote, SealedNotes } from "../lib/wire";
import { fetchNotes } from "./calls";
import { everyReceipt, learn, type News, type Receipt } from "./receipts";

/** Gets a session's notes and opens what is for this phone. Call it for everybody, whether they asked or not. */
export async function readNotes(session: string): Promise<void> {
  await openOwn(session, (await fetchNotes(session)).notes);
}

/** Opens the notes in this phone's boxes and learns from them. */
export async function openOwn(session: string, notes: SealedNotes["notes"]): Promise<void> {
  const own = (await everyReceipt()).filter((receipt) => receipt.session.id === session);
  for (const receipt of own) {
    const note = notes.find(({ box }) => box === receipt.box);
    const mark = note?.sealed.slice(0, 43) ?? "";
    if (!note || mark === receipt.heard) continue;
    const opened = await open(receipt, note);
    if (opened) await learn(receipt.id, { ...newsIn(opened), heard: mark });
  }
}

async function open(receipt: Receipt, note: SealedNotes["notes"][number]): Promise<OpenedNote | null> {
  const { openNote } = await import("./hpke");
  const text = await openNote(receipt.secret, note);
  return text === null ? null : parsed(text);
}

const STATES: readonly OpenedNote["state"][] = [
  "returned",
  "hidden",
  "merged",
  "reply",
  "held",
  "shown",
  "here",
  "called",
  "served",
  "left",
];

function parsed(text: string): OpenedNote | null {
  try {
    const { reason = "", note = "", at = "", into = null, ...said } = JSON.parse(text) as Partial<OpenedNote>;
    const state = STATES.find((known) => known === said.state);
    return state ? { state, reason, note: String(note), at: String(at), into } : null;
  } catch {
    return null; // sealed to us, but not in a form this version reads
  }
}

/** A reply leaves the standing as it is; every other note says how the item stands now. */
function newsIn({ state, reason, note, into }: OpenedNote): News {
  return state === "reply" ? { reply: note } : { standing: state, reason, note, into };
}
