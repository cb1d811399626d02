/** Answers without an end: the second half of the door to the network. */
import { NoAnswer, reach, refusal } from "./http";

/** Something between us and the server answers, but lets no stream pass. */
export class NoStream extends NoAnswer {}

/** Opens an endless answer (a stream). The caller ends it through `signal`. */
export async function open(
  path: string,
  lastId: number | null,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const response = await reach("GET", path, { accept: "text/event-stream", lastId }, signal);
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (response.ok && isStream && response.body) return response.body;
  if (response.ok) throw new NoStream("not a stream");
  throw await refusal(response);
}
