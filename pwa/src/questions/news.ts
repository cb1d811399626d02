/** Looks how one's own questions stand, by the requests any follower of their sessions makes. */
import { copyOf, refresh } from "../lib/copies";
import { NoAnswer, Problem } from "../lib/http";
import { all } from "../lib/store";
import type { Question, SessionLive } from "../lib/wire";
import { readNotes } from "../safety/notes";
import { everyReceipt } from "../safety/receipts";
import { livePath } from "./calls";
import { everyShown, learnFromShown } from "./own";

interface Place {
  readonly id: string;
  readonly code: string;
}

/** So many sessions are read again, the last opened first. */
const MOST = 12;

/** The shown questions of the sessions at hand, by id. Without a network: those last seen here. */
export async function lookForNews(): Promise<ReadonlyMap<string, Question>> {
  const found = new Map<string, Question>();
  for (const session of await sessionsHere()) {
    for (const question of await lookAt(session)) found.set(question.id, question);
  }
  return found;
}

/**
 * The sessions that were opened on this phone, whether something was asked in them or not: so the requests of whoever
 * asked are those of everybody who read the same sessions. What a receipt needs besides comes last: one that was brought
 * from another phone.
 */
async function sessionsHere(): Promise<readonly Place[]> {
  const kept = (await all<{ body: SessionLive; at: number }>("copies")).filter(([path]) => OPENED.test(path));
  const opened = kept.sort(([, one], [, other]) => other.at - one.at).slice(0, MOST);
  const places = opened.map(([, { body }]): [string, Place] => [body.session.id, body.session]);
  const own = (await everyReceipt()).map(({ session }): [string, Place] => [session.id, session]);
  return [...new Map([...places, ...own]).values()];
}

const OPENED = /\/sessions\/[^/]+\/live\/$/;

async function lookAt(session: Place): Promise<readonly Question[]> {
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
