import { Answers } from "./answers";
import { DeskOf } from "./gate";
import { WHO } from "./words";

/** The surgeons' queue: what waits for an answer, and what was answered. */
export function AnswersPage({ event }: { event: string }) {
  return (
    <DeskOf event={event} place="answers" roles={["surgeon", "moderator", "organiser"]} who={WHO.answers}>
      {() => <Answers event={event} />}
    </DeskOf>
  );
}
