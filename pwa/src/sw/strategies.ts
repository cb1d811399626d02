/** Who answers what: the phone, the network, or the network with the phone behind it. */
import { ANSWERS, keepAnswer, keepUsed, keptFile } from "./caches";

/** An address of the app itself: not the API, not a file. */
const isPage = (path: string) => !/^\/(api|assets|icons|static|admin)\//.test(path) && !/\.\w+$/.test(path);

/** A file of the build. */
const isFile = (path: string) => /^\/(assets|icons)\//.test(path) || path === "/manifest.webmanifest";

/** Pictures the server draws. Everything else of the API is kept by the app, or not to be kept at all. */
const isPicture = (path: string) => /^\/api\/v1\/.+\.svg$/.test(path);

/** How a request is answered, or null: then the worker keeps out of it (writes, streams, the API, other sites). */
export function answer(request: Request, origin: string): Promise<Response> | null {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== origin || request.headers.has("authorization")) return null;
  if (request.mode === "navigate") return isPage(url.pathname) ? shell(request) : null;
  if (isFile(url.pathname)) return fileFirst(request, url.pathname);
  return isPicture(url.pathname) ? networkFirst(request) : null;
}

/** Every page opens from the phone. A browser may lose what we kept: then the network answers. */
async function shell(request: Request): Promise<Response> {
  return (await keptFile("/index.html")) ?? fetch(request);
}

async function fileFirst(request: Request, path: string): Promise<Response> {
  const kept = await keptFile(path);
  if (kept) return kept;
  const response = await fetch(request);
  await keepUsed(path, response);
  return response;
}

async function networkFirst(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    await keepAnswer(request, response.clone());
    return response;
  } catch {
    const kept = await (await caches.open(ANSWERS)).match(request);
    return kept ?? Response.error();
  }
}
