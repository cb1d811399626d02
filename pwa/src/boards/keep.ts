/** A wall must open again with no network. The worker keeps its files once they pass through it. */
import { reach } from "../lib/http";

const PATIENCE = 15_000;

/** On a first visit the page was here before the worker: asks it for what was loaded without it. */
export async function keepUsed(): Promise<void> {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  await worker.ready;
  if (!worker.controller)
    await new Promise((done) => worker.addEventListener("controllerchange", done, { once: true }));
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const own = loaded.filter((name) => new URL(name).pathname.startsWith("/assets/boards/"));
  // Without a network they are kept already, or will be at the next visit.
  await Promise.allSettled(
    own.map((address) => reach("GET", address, { accept: "*/*" }, AbortSignal.timeout(PATIENCE))),
  );
}
