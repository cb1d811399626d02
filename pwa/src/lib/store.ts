/**
 * What this phone keeps: one IndexedDB database. Nothing here throws. Where the browser refuses storage
 * (private windows, full disks) things live in memory until the page closes, and `put` says so.
 */

export const DATABASE = "equalterms";

/** Every shelf of the database; all have out-of-line string keys. */
export const SHELVES = ["copies", "stars", "receipts", "outbox", "keys", "drafts", "desk"] as const;
export type Shelf = (typeof SHELVES)[number];

const memory = new Map<Shelf, Map<string, unknown>>();
let opening: Promise<IDBDatabase | null> | null = null;
let shut = false;

function database(): Promise<IDBDatabase | null> {
  if (shut) return Promise.resolve(null);
  opening ??= openDatabase().catch(() => null);
  return opening;
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      for (const shelf of SHELVES) request.result.createObjectStore(shelf);
    };
    request.onsuccess = () => {
      const db = request.result;
      // Another tab forgets this phone or brings a newer app: let go, so that it does not hang.
      db.onversionchange = () => void close();
      db.onclose = () => {
        opening = null;
      };
      done(db);
    };
    request.onerror = () => fail(request.error);
    request.onblocked = () => fail(new Error("blocked"));
  });
}

/** Runs requests in one transaction on one shelf; null if the browser refused. */
async function within<T>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => { [Name in keyof T]: IDBRequest<T[Name]> },
): Promise<T | null> {
  const db = await database();
  if (!db) return null;
  try {
    return await new Promise<T>((done, fail) => {
      const transaction = db.transaction(shelf, mode);
      const requests = Object.entries<IDBRequest>(work(transaction.objectStore(shelf)));
      transaction.oncomplete = () => done(Object.fromEntries(requests.map(([name, one]) => [name, one.result])) as T);
      transaction.onabort = transaction.onerror = () => fail(transaction.error);
    });
  } catch {
    return null;
  }
}

function spare(shelf: Shelf): Map<string, unknown> {
  const kept = memory.get(shelf) ?? new Map<string, unknown>();
  memory.set(shelf, kept);
  return kept;
}

/** The value kept under `key`, or undefined. */
export async function take<T>(shelf: Shelf, key: string): Promise<T | undefined> {
  if (spare(shelf).has(key)) return spare(shelf).get(key) as T;
  const read = await within<{ value: unknown }>(shelf, "readonly", (store) => ({ value: store.get(key) }));
  return read?.value as T | undefined;
}

/** All values of a shelf with their keys, in key order. */
export async function all<T>(shelf: Shelf): Promise<[string, T][]> {
  const read = await within<{ keys: IDBValidKey[]; values: unknown[] }>(shelf, "readonly", (store) => ({
    keys: store.getAllKeys(),
    values: store.getAll(),
  }));
  const found = new Map<string, T>(read?.keys.map((key, at) => [String(key), read.values[at] as T]));
  for (const [key, value] of spare(shelf)) found.set(key, value as T);
  return [...found];
}

/** Keeps a value. Answers whether it will outlive this page; if not it is held in memory. */
export async function put(shelf: Shelf, key: string, value: unknown): Promise<boolean> {
  const kept = await within(shelf, "readwrite", (store) => ({ key: store.put(value, key) }));
  if (kept) spare(shelf).delete(key);
  else spare(shelf).set(key, value);
  return kept !== null;
}

export async function remove(shelf: Shelf, key: string): Promise<void> {
  spare(shelf).delete(key);
  await within(shelf, "readwrite", (store) => ({ done: store.delete(key) }));
}

export async function clear(shelf: Shelf): Promise<void> {
  spare(shelf).clear();
  await within(shelf, "readwrite", (store) => ({ done: store.clear() }));
}

/** From now on this page keeps nothing on the phone, whatever of it is still at work. */
export function shutForGood(): void {
  shut = true;
}

export const isShut = (): boolean => shut;

/** Closes the database; the next call opens it again. */
export async function close(): Promise<void> {
  const open = await opening;
  opening = null;
  open?.close();
}

/** Deletes the whole database, memory included. */
export async function destroy(): Promise<void> {
  memory.clear();
  await close();
  await new Promise<void>((done) => {
    if (!("indexedDB" in globalThis)) return done();
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = request.onerror = request.onblocked = () => done();
  });
}
