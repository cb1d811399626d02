/** What the worker keeps: the files of this build and, beside it, of the one before. */

declare const FILES: [address: string, hash: string][];
declare const BUILD: string;

const PREFIX = "shell-";
export const SHELL = PREFIX + BUILD;
/** Public answers that the app does not keep itself (QR pictures). */
export const ANSWERS = "answers";
const MOST_ANSWERS = 60;

/** Fetches every file of this build; hashed ones may come from the browser's own cache. */
export async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL);
  const requests = FILES.map(
    ([address]) => new Request(address, { cache: address.startsWith("/assets/") ? "default" : "reload" }),
  );
  await cache.addAll(requests);
}

/**
 * Drops old builds but the last: a page opened before the update still loads its own pieces. Cache names
 * are listed in the order they were made.
 */
export async function dropOldShells(): Promise<void> {
  const shells = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== SHELL);
  for (const name of shells.slice(0, -1)) await caches.delete(name);
}

/** A kept file: of this build, else of the one before. Asking makes no cache: this phone may have been forgotten. */
export async function keptFile(address: string): Promise<Response | undefined> {
  const present = (await caches.has(SHELL)) ? await (await caches.open(SHELL)).match(address) : undefined;
  return present ?? (await caches.match(address));
}

/** Keeps a public answer, the oldest giving way. Nothing private, partial or forbidden to keep. */
export async function keepAnswer(request: Request, response: Response): Promise<void> {
  const policy = response.headers.get("cache-control") ?? "";
  if (response.status !== 200 || /no-store|private/.test(policy)) return;
  const cache = await caches.open(ANSWERS);
  await cache.put(request, response);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(kept.length - MOST_ANSWERS, 0)).map((old) => cache.delete(old)));
}
