/** What the worker keeps: the files of this build and, beside it, of the one before. */

declare const FILES: string[];
declare const BUILD: string;

const PREFIX = "shell-";
export const SHELL = PREFIX + BUILD;
/** Public answers that the app does not keep itself (QR pictures). */
export const ANSWERS = "answers";
const MOST_ANSWERS = 60;

/**
 * Kept from their first use on: not everybody holds a place, brings a receipt from elsewhere or runs the day, and few
 * screens are a wall.
 */
const LATER = /^\/assets\/(places|online|boards|desk)/;

/** Fetches every file of this build that this phone needs; hashed ones may come from the browser's own cache. */
export async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL);
  const used = await everyKept();
  const requests = FILES.filter((address) => !LATER.test(address) || used.includes(address.slice(0, 15))).map(
    (address) => new Request(address, { cache: address.startsWith("/assets/") ? "default" : "reload" }),
  );
  await cache.addAll(requests);
}

/** The addresses of all that is kept, of older builds too, as one text. */
async function everyKept(): Promise<string> {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flatMap((requests) => requests.map(({ url }) => url)).join();
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

/** Keeps a file of a part that was just used; never on a phone that was told to forget. */
export async function keepUsed(address: string, response: Response): Promise<void> {
  if (LATER.test(address) && response.status === 200 && (await caches.has(SHELL)))
    await (await caches.open(SHELL)).put(address, response.clone());
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
