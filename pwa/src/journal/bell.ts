/** What changed, as it happens: `live` rings, any folder listens. The client twin of the server's journal. */
import type { Change } from "../lib/wire";

type Listener = (topic: string, change: Change) => void;
const listeners = new Map<Change["kind"], Set<Listener>>();

/** Hears every change of one kind; `topic` is the session's or event's id. Answers how to stop. */
export function on(kind: Change["kind"], listener: Listener): () => void {
  const hearing = listeners.get(kind) ?? new Set<Listener>();
  listeners.set(kind, hearing);
  hearing.add(listener);
  return () => hearing.delete(listener);
}

export function ring(topic: string, change: Change): void {
  for (const listener of listeners.get(change.kind) ?? []) listener(topic, change);
}
