/** How much is asked and said in each session, as last heard; `live` fills it. */
import { signal } from "@preact/signals";
import type { SessionCounts } from "../lib/wire";

export const counts = signal<ReadonlyMap<string, SessionCounts>>(new Map());
