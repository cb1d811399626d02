import { Acts } from "./acts";
import { DeskOf } from "./gate";
import { WHO } from "./words";

/** The audit list of an event. */
export function ActsPage({ event }: { event: string }) {
  return (
    <DeskOf event={event} place="acts" roles={["moderator", "organiser"]} who={WHO.reviews}>
      {() => <Acts event={event} />}
    </DeskOf>
  );
}
