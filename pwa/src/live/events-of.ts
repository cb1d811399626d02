/** Reads a text/event-stream (WHATWG HTML §9.2) piece by piece. */

export interface StreamEvent {
  name: string;
  id: string;
  text: string;
}

/**
 * Yields each event of a stream; a bare `retry:` comes as an event of that name. `heard` is told of every piece that arrives, heartbeats included:
 * a silent line is a dead line.
 */
export async function* eventsOf(stream: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<StreamEvent> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      rest += decoder.decode(value, { stream: true }).replace(/\r\n?/g, "\n");
      const frames = rest.split("\n\n");
      rest = frames.pop() ?? "";
      for (const frame of frames) {
        const event = parse(frame);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function parse(frame: string): StreamEvent | null {
  const event: StreamEvent = { name: "message", id: "", text: "" };
  const lines: string[] = [];
  for (const line of frame.split("\n")) {
    const [, field, value] = /^(event|id|data|retry): ?(.*)$/.exec(line) ?? [];
    if (field === "retry") return { name: "retry", id: "", text: value ?? "" };
    if (field === "event") event.name = value ?? "";
    else if (field === "id") event.id = value ?? "";
    else if (field === "data") lines.push(value ?? "");
  }
  event.text = lines.join("\n");
  return lines.length ? event : null;
}
