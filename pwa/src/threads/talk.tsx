import { useLazy } from "../lib/lazy";
import { Skeleton } from "../lib/ui";
import type { Comment, Session } from "../lib/wire";

export interface TalkProps {
  session: Session;
  /** What may be on screen now; new arrivals wait behind "Show 3 new" in the session page, not here. */
  comments: Comment[];
  /** The next page of `sessions/{session}/comments/`, or null. */
  more: string | null;
}

/** The talk of a session. Its code comes when somebody opens the tab. */
export function Talk(props: TalkProps) {
  const thread = useLazy(() => import("./thread"), true);
  return thread ? <thread.Thread {...props} /> : <Skeleton />;
}
