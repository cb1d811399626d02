/**
 * What everybody who follows a session does, whether they asked or not: get a challenge ahead, and read the
 * sealed notes at the same moments as all others. So neither request says "I asked here".
 */
import { useEffect } from "preact/hooks";
import { on } from "../journal/bell";
import { NoAnswer, Problem } from "../lib/http";
import { canAsk } from "../lib/secure";

/** Many phones hear of new notes at once: they spread their reading over this long (ms). */
const SPREAD = 3000;

/** Call it on every page of a session, once: undefined until the session is known. */
export function useFollowing(session: string | undefined): void {
  useEffect(() => {
    if (!canAsk || !session) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(session), Math.random() * SPREAD);
    };
    void import("./proof").then(
      ({ prefetch }) => prefetch("ask", session),
      () => undefined,
    );
    void look(session);
    const deaf = on("notes", (topic) => topic === session && later());
    return () => {
      clearTimeout(timer);
      deaf();
    };
  }, [session]);
}

async function look(session: string): Promise<void> {
  try {
    const { readNotes } = await import("./notes");
    await readNotes(session);
  } catch (reason) {
    // No network or a busy server: the next change, or the next visit, reads them.
    if (!(reason instanceof NoAnswer || reason instanceof Problem)) throw reason;
  }
}
