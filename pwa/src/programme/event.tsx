import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { refresh, useCopy } from "../lib/copies";
import { Reading } from "../lib/ui";
import type { EventDay } from "../lib/wire";
import { eventPath } from "./calls";
import { arrive } from "./here";
import { keepEverythingLater } from "./idle";
import { loadStars } from "./stars";

/** Opens the printed day of an event (by slug, code or id) and hands it to a page. */
export function WithEvent({ event, children }: { event: string; children: (day: EventDay) => ComponentChildren }) {
  const path = eventPath(event);
  const copy = useCopy<EventDay>(path);
  const day = copy.value;
  useEffect(() => void loadStars(), []);
  useEffect(() => {
    if (!day) return;
    arrive(event === day.code || event === day.id ? day.slug : event, day);
    if (copy.standing === "fresh") keepEverythingLater(day);
  }, [day, copy.standing]);
  return (
    <Reading copy={copy} again={() => void refresh(path)} lines={8}>
      {children}
    </Reading>
  );
}
