/** Whether a session takes nothing in just now, because its moderators paused it, by what this phone last read. */
import { copyOf } from "../lib/copies";
import { API } from "../lib/http";
import type { SessionLive } from "../lib/wire";

export const livePath = (code: string) => `${API}/sessions/${encodeURIComponent(code)}/live/`;

export const isPaused = (code: string): boolean =>
  copyOf<SessionLive>(livePath(code)).value.value?.session.paused ?? false;
