/** The present moment, moving every half minute while somebody looks. */
import { signal } from "@preact/signals";

export const tick = signal(Date.now());

export function startClock(): void {
  const move = () => {
    if (!document.hidden) tick.value = Date.now();
  };
  setInterval(move, 30_000);
  document.addEventListener("visibilitychange", move);
}
