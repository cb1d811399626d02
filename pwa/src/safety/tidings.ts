/** "What this phone keeps has changed": said in this tab, in every other one, and by the worker. */
type Listener = () => void;

const listeners = new Set<Listener>();
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
