/**
 * What this phone keeps: one IndexedDB database. Nothing here throws. Where the browser refuses storage
 * (private windows, full disks) things live in memory until the page closes, and `put` says so.
 */
import { type IDBPDatabase, openDB } from "idb";

export const DATABASE = "equalterms";

/** Every shelf of the database; all have out-of-line string keys. */
export const SHELVES = ["copies", "stars", "receipts", "outbox", "keys", "drafts", "desk"] as const;
export type Shelf = (typeof SHELVES)[number];

const memory = new Map<Shelf, Map<string, unknown>>();
let opening: Promise<IDBPDatabase | null> | null = null;

function database(): Promise<IDBPDatabase | null> {
  opening ??= openDB(DATABASE, 1, {
    upgrade(db) {
      for (const shelf of SHELVES) if (!db.objectStoreNames.contains(shelf)) db.createObjectStore(shelf);
    },
    // Another tab forgets this phone or brings a newer app: let go, so that it does not hang.
    blocking: () => void close(),
    terminated: () => {
      opening = null;
    },
  }).catch(() => null);
  return opening;
}

async function attempt<T>(work: (db: IDBPDatabase) => Promise<T>): Promise<{ value: T } | null> {
  try {
    const db = await database();
    return db && { value: await work(db) };
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
  return (await attempt((db) => db.get(shelf, key)))?.value as T | undefined;
}

/** All values of a shelf with their keys, in key order. */
export async function all<T>(shelf: Shelf): Promise<[string, T][]> {
  const read = await attempt(async (db) => {
    const transaction = db.transaction(shelf);
    const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
    return keys.map((key, at): [string, T] => [String(key), values[at] as T]);
  });
  const found = new Map(read?.value ?? []);
  for (const [key, value] of spare(shelf)) found.set(key, value as T);
  return [...found];
}

/** Keeps a value. Answers whether it will outlive this page; if not it is held in memory. */
export async function put(shelf: Shelf, key: string, value: unknown): Promise<boolean> {
  if (await attempt((db) => db.put(shelf, value, key))) {
    spare(shelf).delete(key);
    return true;
  }
  spare(shelf).set(key, value);
  return false;
}

export async function remove(shelf: Shelf, key: string): Promise<void> {
  spare(shelf).delete(key);
  await attempt((db) => db.delete(shelf, key));
}

export async function clear(shelf: Shelf): Promise<void> {
  spare(shelf).clear();
  await attempt((db) => db.clear(shelf));
}

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
    const request = globalThis.indexedDB?.deleteDatabase(DATABASE);
    if (!request) return done();
    request.onsuccess = request.onerror = request.onblocked = () => done();
  });
}
