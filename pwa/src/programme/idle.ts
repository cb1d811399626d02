import type { EventDay } from "../lib/wire";

const fetched = new Set<number>();

/** Fetches the rest of the programme when the phone has nothing better to do; not for people who save data. */
export function keepEverythingLater(day: EventDay): void {
  const saves = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saves || fetched.has(day.version)) return;
  fetched.add(day.version);
  // WebKit has no requestIdleCallback.
  const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 3000));
  setTimeout(() => idle(() => void keep(day)), 2500);
}

async function keep(day: EventDay): Promise<void> {
  const { keepEverything } = await import("./everything");
  await keepEverything(day);
}
