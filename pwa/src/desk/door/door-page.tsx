import { me } from "../account";
import { DeskOf } from "../gate";
import { Door } from "./door";
import { t } from "./words";

/** The door: check people in, give out numbers, count heads; with a network or without. */
export function DoorPage({ event }: { event: string }) {
  return (
    <DeskOf event={event} place="door" roles={["door", "organiser"]} who={t("who")}>
      {() => {
        const card = me()?.roles.find(({ event: { id, slug, code } }) => [id, slug, code].includes(event))?.event;
        return card ? <Door key={card.id} event={card} /> : null;
      }}
    </DeskOf>
  );
}
