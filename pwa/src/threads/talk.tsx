import type { Comment, Session } from "../lib/wire";

export interface TalkProps {
  session: Session;
  /** What may be on screen now; new arrivals wait behind "Show 3 new" in the session page, not here. */
  comments: Comment[];
  /** The next page of `sessions/{session}/comments/`, or null. */
  more: string | null;
}

export function Talk(_props: TalkProps) {
  return null;
}
