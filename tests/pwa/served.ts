/** A small real HTTP server on a free port of this machine. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  raw?: string;
}

export interface Served {
  url: string;
  requests: { method: string; path: string; headers: IncomingHttpHeaders; body: string }[];
  /** Answers a request; null if `take` has it in hand. */
  answer: (path: string, headers: IncomingHttpHeaders) => Reply;
  /** Takes a request over (a stream); answers whether it did. */
  take: (request: IncomingMessage, response: ServerResponse) => boolean;
  close: () => Promise<void>;
}

export async function served(): Promise<Served> {
  const server = createServer(async (request, response) => {
    if (self.take(request, response)) return;
    let body = "";
    for await (const piece of request) body += piece;
    const path = request.url ?? "";
    self.requests.push({ method: request.method ?? "", path, headers: request.headers, body });
    const reply = self.answer(path, request.headers);
    const type = reply.raw === undefined ? "application/json" : "text/html";
    response.writeHead(reply.status ?? 200, { "content-type": type, ...reply.headers });
    response.end(reply.raw ?? (reply.body === undefined ? "" : JSON.stringify(reply.body)));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const self: Served = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answer: () => ({ body: {} }),
    take: () => false,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return self;
}
