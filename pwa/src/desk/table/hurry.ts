/** Reads the table again as soon as the day moves. Only a hurry-up: it is asked for now and then anyway. */
import { useEffect, useRef } from "preact/hooks";
import { settings } from "../../lib/settings";
import { listen } from "./calls";

const AGAIN = 15_000;
/** Twenty tables that hear of one call do not ask in one moment (ms). */
const SPREAD = { least: 150, most: 700 };

/** Follows the event while somebody looks; not in quiet mode. */
export function useHurry(event: string, again: () => Promise<void>): void {
  const latest = useRef(again);
  latest.current = again;
  useEffect(() => {
    let ends = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          void latest.current();
        },
        SPREAD.least + Math.random() * (SPREAD.most - SPREAD.least),
      );
    };
    const look = () => {
      ends.abort();
      if (document.hidden || settings.peek().quiet) return;
      ends = new AbortController();
      void hear(event, ends.signal, moved);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      clearTimeout(timer);
      ends.abort();
    };
  }, [event]);
}

async function hear(event: string, signal: AbortSignal, moved: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await untilItEnds(await listen(event, signal), moved);
    } catch {
      // No stream passes here, or it was cut: whoever looks reads every few seconds all the same.
    }
    await new Promise((done) => setTimeout(done, AGAIN));
  }
}

async function untilItEnds(stream: ReadableStream<Uint8Array>, moved: () => void): Promise<void> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (/^event: (change|reset)/m.test(decoder.decode(value))) moved();
  }
}
