/**
 * Follows one topic: its snapshot first, then every change over a stream; where streams do not pass,
 * by asking again with an ETag. Gives way on a hidden tab, waits longer after each failure.
 */
import { API, get, NoAnswer, Problem } from "../lib/http";
import { NoStream, open } from "../lib/stream";
import type { Changes } from "../lib/wire";
import { eventsOf } from "./events-of";

/**
 * live: the stream is open · polling: the same by asking · catching-up: about to be · offline: no answer ·
 * still: quiet mode has read once and waits until somebody asks for more
 */
export type Line = "live" | "polling" | "catching-up" | "offline" | "gone" | "resting" | "still";

export interface Topic {
  /** "sessions/{id or code}" or "events/{id or slug}" */
  path: string;
  /** The version of the snapshot at hand, or null if there is none. */
  version: () => number | null;
  /** Takes a new snapshot: the whole truth at its version. */
  onSnapshot: (snapshot: { version: number }) => void;
  /** Takes changes in order: each version at most once. */
  onChanges: (changes: Changes) => void;
  onLine: (line: Line) => void;
  /** Quiet mode: the snapshot once, then nothing moves. */
  quiet?: boolean;
}

export interface Pace {
  /** Between two polls (ms). */
  poll: number;
  /** A stream that has not said hello after so long is held up by something between. */
  hello: number;
  /** A stream silent for so long is dead: heartbeats come every 15 s. */
  silence: number;
  /** The first wait after a failure and the longest (ms). */
  first: number;
  longest: number;
  /** How long to poll before a stream is tried again. */
  retryStream: number;
}

const PACE: Pace = {
  poll: 10_000,
  hello: 8_000,
  silence: 40_000,
  first: 1_000,
  longest: 60_000,
  retryStream: 120_000,
};
/** A cache between may answer with an older snapshot for this long; after that the server means it. */
const STALE = 60_000;

/** Starts following. Answers how to stop. */
export function follow(topic: Topic, pace: Pace = PACE): () => void {
  const follower = new Follower(topic, pace);
  follower.start();
  return () => follower.stop();
}

class Follower {
  private round: AbortController | null = null;
  private etag: string | null = null;
  /** When the last snapshot was taken (ms). */
  private heard = 0;
  private failures = 0;
  /** Streams that never said hello, one after the other: two mean that something blocks them. */
  private mute = 0;
  /** The pause the server last asked for (`retry:`), in ms. */
  private retry = 0;
  /** Whether a quiet follower has read what it wanted. */
  private still = false;

  constructor(
    private readonly topic: Topic,
    private readonly pace: Pace,
  ) {}

  start(): void {
    document.addEventListener("visibilitychange", this.look);
    addEventListener("online", this.hurry);
    addEventListener("offline", this.hurry);
    if (!document.hidden) void this.run();
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.look);
    removeEventListener("online", this.hurry);
    removeEventListener("offline", this.hurry);
    this.round?.abort();
    this.round = null;
  }

  private readonly look = () => {
    if (this.still) return;
    if (!document.hidden) return void (this.round ?? this.run());
    this.round?.abort();
    this.round = null;
    this.topic.onLine("resting");
  };

  /** The network came or went: find out at once, instead of waiting for the pause or the watchdog. */
  private readonly hurry = () => {
    this.failures = 0;
    this.round?.abort();
    this.round = null;
    if (!document.hidden) void this.run();
  };

  private rest(): void {
    this.still = true;
    this.topic.onLine("still");
  }

  private async run(): Promise<void> {
    if (this.still) return;
    const round = new AbortController();
    this.round = round;
    while (!round.signal.aborted) {
      try {
        this.topic.onLine("catching-up");
        if (this.topic.version() === null || this.topic.quiet) await this.snapshot(round.signal);
        if (this.topic.quiet) return this.rest();
        if (this.mute < 2) await this.stream(round.signal);
        else await this.poll(round.signal);
        await pause(this.wait(), round.signal);
      } catch (reason) {
        if (round.signal.aborted) return;
        if (!this.mayGoOn(reason)) return;
        await pause(this.wait(reason), round.signal);
      }
    }
  }

  /** Whether to try again after a failure; what is gone stays gone. */
  private mayGoOn(reason: unknown): boolean {
    if (reason instanceof Problem && (reason.status === 404 || reason.status === 410)) {
      this.topic.onLine("gone");
      this.stop();
      return false;
    }
    if (!(reason instanceof Problem || reason instanceof NoAnswer)) throw reason;
    this.failures += 1;
    if (reason instanceof NoStream) this.mute = 2;
    this.topic.onLine(reason instanceof NoAnswer ? "offline" : "catching-up");
    return true;
  }

  /** Doubling pauses with jitter, so that a full room does not come back in one moment. */
  private wait(reason?: unknown): number {
    const asked = reason instanceof Problem && reason.retryAfter !== null ? reason.retryAfter * 1000 : 0;
    const step = Math.min((this.retry || this.pace.first) * 2 ** Math.max(this.failures - 1, 0), this.pace.longest);
    return Math.max(asked, step) * (0.5 + Math.random());
  }

  /** Fetches the snapshot. An older one than ours counts only if we must start anew. */
  private async snapshot(signal: AbortSignal, anew = false): Promise<void> {
    const etag = anew ? null : this.etag;
    const answer = await get<{ version: number }>(`${API}/${this.topic.path}/live/`, { etag, signal });
    if (answer.status === 304) return;
    const older = answer.body.version < (this.topic.version() ?? 0);
    if (older && !anew && Date.now() - this.heard < STALE) return;
    this.heard = Date.now();
    this.etag = answer.etag;
    this.topic.onSnapshot(answer.body);
  }

  private async stream(signal: AbortSignal): Promise<void> {
    const round = new AbortController();
    const end = () => round.abort();
    signal.addEventListener("abort", end, { once: true });
    let watchdog = setTimeout(end, this.pace.hello);
    let silent = true;
    const heard = () => {
      silent = false;
      clearTimeout(watchdog);
      watchdog = setTimeout(end, this.pace.silence);
    };
    try {
      const after = this.topic.version();
      const address = `${API}/${this.topic.path}/stream${after === null ? "" : `?after=${after}`}`;
      const stream = await open(address, after, round.signal);
      for await (const event of eventsOf(stream, heard)) await this.take(event.name, event.text, signal);
    } catch (reason) {
      // A stream cut off in the middle is nothing special: it is opened again.
      if (round.signal.aborted || !(reason instanceof Problem || reason instanceof NoAnswer)) return;
      if (reason instanceof Problem || reason instanceof NoStream) throw reason;
      // Refused on the way, but the server answers (or this throws): something lets no stream pass.
      await this.snapshot(signal);
      this.mute += 1;
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener("abort", end);
      if (round.signal.aborted && silent && !signal.aborted) this.mute += 1;
      round.abort();
    }
  }

  private async take(name: string, text: string, signal: AbortSignal): Promise<void> {
    this.mute = 0;
    this.failures = 0;
    if (name === "retry") this.retry = Number(text) || 0;
    // The journal no longer reaches back to us.
    else if (name === "reset") await this.snapshot(signal, true);
    else if (name === "change") this.topic.onChanges(JSON.parse(text) as Changes);
    this.topic.onLine("live");
  }

  private async poll(signal: AbortSignal): Promise<void> {
    const until = Date.now() + this.pace.retryStream;
    while (Date.now() < until && !signal.aborted) {
      await this.snapshot(signal);
      this.failures = 0;
      this.topic.onLine("polling");
      await pause(this.pace.poll * (0.75 + Math.random() / 2), signal);
    }
    // A laptop may have left the strict network meanwhile.
    this.mute = 0;
  }
}

function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, time);
    signal.addEventListener("abort", end);
  });
}
