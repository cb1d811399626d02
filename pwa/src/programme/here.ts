/** The event somebody is at: what the navigation, the help lines and "/" mean by "the day". */
import { signal } from "@preact/signals";
import { copyOf, keptCopy, learn } from "../lib/copies";
import { put, take } from "../lib/store";
import type { EventDay } from "../lib/wire";
import { eventPath } from "./calls";

const KEY = "here";

/** The slug of the event at hand, "" before one was opened. */
export const here = signal("");

/** Remembers which event somebody is at. Its day may have been read under a short code. */
export function arrive(slug: string, day?: EventDay): void {
  const path = eventPath(slug);
  if (day && copyOf<EventDay>(path).peek().value === undefined) learn(path, day);
  if (here.peek() === slug) return;
  here.value = slug;
  void put("copies", KEY, slug);
}

/** Brings back the event of the last visit, with its kept day. */
export async function comeBack(): Promise<void> {
  const slug = await take<string>("copies", KEY);
  if (!slug || here.peek()) return;
  await keptCopy<EventDay>(eventPath(slug));
  here.value ||= slug;
}

/** The kept day of the event at hand. Reading it starts no request. */
export function dayHere(): EventDay | undefined {
  return here.value ? copyOf<EventDay>(eventPath(here.value)).value.value : undefined;
}
