/** The only door to the network (the worker has its own). Never sends cookies or a referrer. */
import type { ProblemBody } from "./wire";

export const API = "/api/v1";
const PATIENCE = 15_000;

/** The server refused, with a code for us and a kind sentence for people. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly errors: NonNullable<ProblemBody["errors"]>;
  /** Seconds the server asks us to wait, or null. */
  readonly retryAfter: number | null;

  constructor(status: number, body: Partial<ProblemBody>, retryAfter: number | null = null) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.code = body.code ?? "unknown";
    this.errors = body.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

/** No answer arrived: no network, a time-out, or something between us that is not our server. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

export interface Answered<T> {
  status: number;
  body: T;
  etag: string | null;
}

export interface Asked {
  /** Sent as JSON; a file as it is. */
  body?: unknown;
  /** The whole Authorization header: `Receipt …` or `Bearer …`. */
  authorization?: string;
  /** Sent as If-None-Match on reads. */
  etag?: string | null;
  /** Sent as If-Match on writes. */
  match?: string;
  timeout?: number;
  signal?: AbortSignal;
  /** It goes out even as the page closes. */
  last?: boolean;
}

/** Pads a JSON body with trailing spaces to 1, 2 or 4 KiB, so that its length tells little. */
export function padded(body: unknown): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const size = [1024, 2048, 4096].find((limit) => bytes.length <= limit) ?? bytes.length;
  const full = new Uint8Array(size).fill(0x20);
  full.set(bytes);
  return full;
}

/** Sends one request. A 304 has no body; refusals throw `Problem`, silence throws `NoAnswer`. */
export async function send<T>(method: string, path: string, asked: Asked = {}): Promise<Answered<T>> {
  const response = await reach(method, path, asked, AbortSignal.timeout(asked.timeout ?? PATIENCE));
  const etag = response.headers.get("etag");
  if (response.status === 304) return { status: 304, body: undefined as T, etag };
  if (!response.ok) throw await refusal(response);
  const body = response.status === 204 ? undefined : await readBody(response);
  return { status: response.status, body: body as T, etag };
}

export const get = <T>(path: string, asked?: Asked) => send<T>("GET", path, asked);
export const put = <T>(path: string, body: unknown, asked?: Asked) => send<T>("PUT", path, { ...asked, body });
export const post = <T>(path: string, body: unknown, asked?: Asked) => send<T>("POST", path, { ...asked, body });
export const patch = <T>(path: string, body: unknown, asked?: Asked) => send<T>("PATCH", path, { ...asked, body });
export const del = <T>(path: string, asked?: Asked) => send<T>("DELETE", path, asked);

/** One request and whatever came back; silence throws `NoAnswer`. For what speaks HTTP itself: streams, and files of the app. */
export async function reach(
  method: string,
  path: string,
  asked: Asked & { accept?: string; lastId?: number | null },
  ends: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: asked.accept ?? "application/json" };
  if (asked.authorization) headers.Authorization = asked.authorization;
  if (asked.etag) headers["If-None-Match"] = asked.etag;
  if (asked.match) headers["If-Match"] = asked.match;
  if (asked.lastId != null) headers["Last-Event-ID"] = String(asked.lastId);
  const file = asked.body instanceof Blob ? asked.body : null;
  if (asked.body !== undefined) headers["Content-Type"] = file?.type || "application/json";
  try {
    return await fetch(path, {
      method,
      headers,
      body: file ?? (asked.body === undefined ? null : padded(asked.body)),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: method === "GET" ? "no-cache" : "no-store",
      redirect: "error",
      keepalive: asked.last ?? false,
      signal: asked.signal ? AbortSignal.any([ends, asked.signal]) : ends,
    });
  } catch (reason) {
    throw new NoAnswer(String(reason));
  }
}

/** What a refusal becomes. */
export async function refusal(response: Response): Promise<Problem> {
  return new Problem(response.status, ((await readBody(response)) ?? {}) as ProblemBody, retryAfter(response));
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (reason) {
    // A hotel's sign-in page answers 200 with HTML: that is not our server.
    if (response.ok) throw new NoAnswer(String(reason));
    return undefined;
  }
}

function retryAfter(response: Response): number | null {
  const seconds = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 3600) : null;
}
