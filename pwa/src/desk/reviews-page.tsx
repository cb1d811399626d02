import { DeskOf } from "./gate";
import { Reviews } from "./reviews";
import { WHO } from "./words";

/** The review queue: the next waiting thing, whole, and what to do with it. */
export function ReviewsPage({ event }: { event: string }) {
  return (
    <DeskOf event={event} place="reviews" roles={["moderator", "organiser"]} who={WHO.reviews} wide>
      {() => <Reviews event={event} />}
    </DeskOf>
  );
}
