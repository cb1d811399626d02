/** Which two questions a wall shows. */
import { useEffect, useState } from "preact/hooks";
import { get, NoAnswer, Problem } from "../lib/http";
import { tick } from "../lib/tick";
import type { Question, SessionLive } from "../lib/wire";
import { fetchPage, listPath, questionPath } from "../questions/calls";
import { ordered } from "../questions/order";

export interface OnWall {
  current: Question | undefined;
  next: Question | undefined;
}

/** The chosen question, and of those without an answer the one most people would like to hear of. */
export function pick(live: SessionLive | undefined, further: readonly Question[]): OnWall {
  if (!live) return { current: undefined, next: undefined };
  const known = new Map([...further, ...live.questions].map((one) => [one.id, one]));
  const current = known.get(live.current ?? "");
  const [next] = ordered([...known.values()], "unanswered", []).filter((id) => id !== current?.id);
  return { current, next: known.get(next ?? "") };
}

/** The same, with what lies on pages further back of a session where much was asked. */
export function useOnWall(live: SessionLive | undefined): OnWall {
  const [further, setFurther] = useState<readonly Question[]>([]);
  const { session, more, current = "" } = live ?? {};
  const id = session?.id;
  const away = Boolean(current) && !live?.questions.some((one) => one.id === current);
  const far = Boolean(more?.questions);
  const moment = far || away ? tick.value : 0;
  useEffect(() => {
    let left = false;
    if (!id || (!far && !away)) return setFurther([]);
    void lookFurther(id, far, away && current ? current : "").then((found) => !left && found && setFurther(found));
    return () => {
      left = true;
    };
  }, [id, far, away, current, moment]);
  return pick(live, further);
}

/** Undefined where the network keeps silent: then what is there stays. */
async function lookFurther(session: string, far: boolean, current: string): Promise<Question[] | undefined> {
  try {
    const found = far ? (await fetchPage(listPath(session, "unanswered", 2))).results : [];
    if (current) found.push((await get<Question>(questionPath(session, current))).body);
    return found;
  } catch (reason) {
    if (reason instanceof Problem) return [];
    if (reason instanceof NoAnswer) return undefined;
    throw reason;
  }
}
