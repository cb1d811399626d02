/** What moves during the day, as last heard: `live` fills it. */
import { signal } from "@preact/signals";
import type { Present, SessionCounts } from "../lib/wire";

/** How much is asked and said in each session. */
export const counts = signal<ReadonlyMap<string, SessionCounts>>(new Map());

/** Where each surgeon is who says so. */
export const present = signal<ReadonlyMap<string, Present>>(new Map());
