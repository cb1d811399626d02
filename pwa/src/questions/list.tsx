import type { Question, Session } from "../lib/wire";

export interface QuestionListProps {
  session: Session;
  /** What may be on screen now; new arrivals wait behind "Show 3 new" in the session page, not here. */
  questions: Question[];
  /** The next page of `sessions/{session}/questions/`, or null. */
  more: string | null;
}

export function QuestionList(_props: QuestionListProps) {
  return null;
}
