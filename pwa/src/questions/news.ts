/** Looks how one's own questions stand, by the requests any follower of their sessions makes. */
import { copyOf, refresh } from "../lib/copies";
import { NoAnswer, Problem } from "../lib/http";
import type { Question, SessionLive } from "../lib/wire";
import { readNotes } from "../safety/notes";
import { everyReceipt, type Receipt } from "../safety/receipts";
import { livePath } from "./calls";
import { everyShown, learnFromShown } from "./own";

/** The shown ones among this phone's questions, by id. Without a network: those last seen here. */
export async function lookForNews(): Promise<ReadonlyMap<string, Question>> {
  const sessions = new Map((await everyReceipt()).map(({ session }) => [session.id, session]));
  const found = new Map<string, Question>();
  for (const session of sessions.values()) {
    for (const question of await lookAt(session)) found.set(question.id, question);
  }
  return found;
}

async function lookAt(session: Receipt["session"]): Promise<readonly Question[]> {
  const path = livePath(session.code);
  await refresh(path);
  const { value: live, standing } = copyOf<SessionLive>(path).peek();
  if (!live || standing !== "fresh") return live?.questions ?? [];
  try {
    const shown = live.more.questions ? await everyShown(session.id) : live.questions;
    await readNotes(session.id);
    await learnFromShown(session.id, shown, true); // what everybody can see is the latest word
    return shown;
  } catch (reason) {
    if (reason instanceof NoAnswer || reason instanceof Problem) return live.questions;
    throw reason;
  }
}
