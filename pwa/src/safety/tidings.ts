/** What changes on this phone: "something kept has changed", said in every tab, and what became of what was sent. */
type Listener = () => void;

/**
 * taken: the server has it · stands: a report of what a moderator let stand, not counted · gone: it is not
 * there any more · refused: the server will not take it.
 */
export type Outcome = "taken" | "stands" | "gone" | "refused";
type SettledListener = (key: string, outcome: Outcome) => void;

const listeners = new Set<Listener>();
const settledListeners = new Set<SettledListener>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("equalterms-tidings");
channel?.addEventListener("message", () => listeners.forEach((listener) => listener()));

/** Hears every change. Answers how to stop. */
export function hear(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function tell(): void {
  for (const listener of listeners) listener();
  channel?.postMessage("");
}

/** Hears what became of items sent from this tab, by their key in the outbox. Answers how to stop. */
export function onSettled(listener: SettledListener): () => void {
  settledListeners.add(listener);
  return () => void settledListeners.delete(listener);
}

export function tellSettled(key: string, outcome: Outcome): void {
  for (const listener of settledListeners) listener(key, outcome);
}
