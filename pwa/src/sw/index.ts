/** The service worker: the app opens with no network. It never writes, and never touches what anybody wrote. */
import { dropOldShells, keepShell } from "./caches";
import { answer } from "./strategies";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const response = answer(event.request, self.location.origin);
  if (response) event.respondWith(response);
});

self.addEventListener("message", (event) => {
  // Only when somebody pressed "Use the new version": nothing changes under their hands.
  if (event.data === "skip") void self.skipWaiting();
  // From a page that is not looked after, though the worker runs.
  if (event.data === "claim") event.waitUntil(self.clients.claim());
});
