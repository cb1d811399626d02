/** Addresses of this folder, and its keys in the outbox. */
import { API } from "../lib/http";

export const bookingPath = (session: string, id: string) => `${API}/sessions/${session}/bookings/${id}/`;

/** The sending of a booking; then one's coming, or giving the place back. */
export const holdingKey = (id: string) => `hold:${id}`;
export const placeKey = (id: string) => `place:${id}`;
