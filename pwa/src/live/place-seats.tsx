import { seatsWords } from "../bookings/line-words";
import { lines, placeAt } from "../bookings/own";
import { t as booked } from "../bookings/words";
import type { Session } from "../lib/wire";
import { useKept } from "../safety/kept";
import { useLines } from "./place-lines";
import { t } from "./words";

/** How full a session is, in words, or the number somebody holds there. */
export function Seats({ session }: { session: Session }) {
  useKept();
  useLines(session.event.id, true);
  const n = placeAt(session.id)?.ticket;
  if (n) return <a href={`/s/${session.code}/place`}>{booked("yourNumber", { n })}</a>;
  return <>{seatsWords(lines.value.get(session.id)) ?? t("turnUp")}</>;
}
