import { all } from "../lib/store";

/** Goes on sending what waited when the app was closed. Where nothing waits, nothing is loaded. */
export async function wakeOutbox(): Promise<void> {
  if ((await all("outbox")).length === 0) return;
  (await import("./outbox")).startOutbox();
}
