/** Addresses of this folder. */
import { API } from "../lib/http";

export const boardPath = (event: string) => `${API}/desk/events/${encodeURIComponent(event)}/board/`;
