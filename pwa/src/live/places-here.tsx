import { isOpen, ownPlaces } from "../bookings/own";
import { Ticket } from "../bookings/ticket";
import { t } from "../bookings/words";
import { copyOf } from "../lib/copies";
import { go } from "../lib/router";
import type { SessionLive } from "../lib/wire";
import { livePath } from "../safety/pause";
import type { PlaceReceipt } from "../safety/receipts";
import { useLines } from "./place-lines";

/** Every place held from this phone, for My questions; whoever is called stands first. */
export function PlacesHere() {
  const own = [...ownPlaces()].sort((a, b) => RANK(a) - RANK(b));
  const events = [...new Set(own.filter(isOpen).map(({ secret }) => secret.event))];
  return (
    <section class="stack">
      <h2>{t("mine")}</h2>
      {events.map((event) => (
        <Followed key={event} event={event} />
      ))}
      <ul class="cards">
        {own.map((receipt) => (
          <li key={receipt.id}>
            <Ticket
              receipt={receipt}
              cancelled={isOff(receipt)}
              onAgain={() => go(`/s/${receipt.session.code}/place`)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Looking for news reads each session again, so the day itself need not be asked for. */
const isOff = ({ session: { code } }: PlaceReceipt): boolean =>
  copyOf<SessionLive>(livePath(code)).value.value?.session.state === "cancelled";

const RANK = (receipt: PlaceReceipt): number => (receipt.standing === "called" ? 0 : isOpen(receipt) ? 1 : 2);

function Followed({ event }: { event: string }) {
  useLines(event);
  return null;
}
