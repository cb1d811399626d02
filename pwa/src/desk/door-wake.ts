/** Goes on sending what a phone of the door had done with no network. Where nothing waits, nothing is loaded. */
import { all } from "../lib/store";

export async function wakeDoor(): Promise<void> {
  const waits = ([key, value]: [string, { order?: number }]) => key.startsWith("door:") && value.order !== undefined;
  const events = (await all<{ order?: number }>("desk")).filter(waits).map(([key]) => key.split(":")[1] as string);
  if (events.length === 0) return;
  const { flush } = await import("./door/sending");
  for (const event of new Set(events)) await flush(event);
}
