/** The one request of whoever sets up another day. */
import { API } from "../../lib/http";
import type { EventDay } from "../../lib/wire";
import { call } from "../tokens";

/** A new, empty draft, run by whoever makes it. */
export const foundDay = async (body: Record<string, string>): Promise<EventDay> =>
  (await call<EventDay>("POST", `${API}/events/`, { body })).body;
