/** The worker's life: registered after the page is drawn, and never replaced under somebody's hands. */
import { signal } from "@preact/signals";

/** A newer version that waits for somebody's yes, or null. */
export const waiting = signal<ServiceWorker | null>(null);

/** Registers the worker where the browser has one. The Trusted Types policy passes one address only. */
export async function registerWorker(): Promise<void> {
  if (!navigator.serviceWorker || !globalThis.isSecureContext) return;
  try {
    const registration = await navigator.serviceWorker.register(scriptAddress() as string, { updateViaCache: "none" });
    watch(registration);
  } catch {
    // A browser that refuses workers (private windows): the app works without one.
  }
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): unknown };
}

function scriptAddress(): unknown {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  const only = (url: string) => {
    if (url !== "/sw.js") throw new TypeError("Only the app's own worker.");
    return url;
  };
  return factory ? factory.createPolicy("sw", { createScriptURL: only }).createScriptURL("/sw.js") : "/sw.js";
}

function watch(registration: ServiceWorkerRegistration): void {
  const ready = (worker: ServiceWorker | null) => {
    if (worker?.state === "installed" && navigator.serviceWorker.controller) waiting.value = worker;
  };
  ready(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => ready(coming));
  });
}

/** Starts the newer version: somebody asked for it. */
export function useNewVersion(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.peek()?.postMessage("skip");
}
