/** A small real server for tests of what the phone sends. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Seen = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
export type Reply = { status: number; body?: unknown; headers?: Record<string, string> } | "hang up";

export type Server = {
  seen: Seen[];
  writes: () => Seen[];
  answer: (request: Seen) => Reply;
  close: () => Promise<void>;
};

/** Starts it and makes it the page's own origin. `answer` may be changed while it runs. */
export async function aServer(answer: (request: Seen) => Reply): Promise<Server> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const one = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      const reply = made.answer(one);
      if (reply === "hang up") return void request.socket.destroy();
      response.writeHead(reply.status, { "Content-Type": "application/json", ...reply.headers });
      response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const page = globalThis as unknown as { happyDOM: { setURL: (url: string) => void } };
  page.happyDOM.setURL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const made: Server = {
    seen,
    writes: () => seen.filter(({ method }) => method !== "GET"),
    answer,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return made;
}
