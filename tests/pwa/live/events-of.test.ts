import { eventsOf } from "@src/live/events-of";
import { expect, test } from "vitest";

async function read(...pieces: string[]) {
  const bytes = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(control) {
      for (const piece of pieces) control.enqueue(bytes.encode(piece));
      control.close();
    },
  });
  let heard = 0;
  const events = [];
  for await (const event of eventsOf(stream, () => heard++)) events.push(event);
  return { events, heard };
}

test("an event cut anywhere is read whole", async () => {
  const { events } = await read("event: cha", 'nge\nid: 7\ndata: {"a"', ":1}\n", "\nevent: hello\nid: 8\ndata: {}\n\n");

  expect(events).toEqual([
    { name: "change", id: "7", text: '{"a":1}' },
    { name: "hello", id: "8", text: "{}" },
  ]);
});

test("heartbeats are heard but are no events; a pause is", async () => {
  const { events, heard } = await read(":\n\n", "retry: 3000\n\n", "data: a\r\ndata: b\r\n\r\n");

  expect(heard).toBe(3);
  expect(events).toEqual([
    { name: "retry", id: "", text: "3000" },
    { name: "message", id: "", text: "a\nb" },
  ]);
});

test("an event that never ended does not count", async () => {
  expect((await read("event: change\ndata: {}")).events).toEqual([]);
});
