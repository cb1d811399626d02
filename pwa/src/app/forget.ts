/** "Forget this phone": everything this app ever kept here goes, the worker included. */
import { destroy, shutForGood } from "../lib/store";

/** Wipes database, caches, choices and worker. What was sent stays with the event, without a way back to it. */
export async function forget(): Promise<void> {
  shutForGood();
  await Promise.allSettled([destroy(), dropCaches(), dropWorker()]);
  try {
    localStorage.setItem("going", ""); // other tabs only hear of the clearing of something
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // The browser refuses storage: then nothing was kept in it.
  }
}

async function dropCaches(): Promise<void> {
  if (!("caches" in globalThis)) return;
  for (const name of await caches.keys()) await caches.delete(name);
}

async function dropWorker(): Promise<void> {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
}
