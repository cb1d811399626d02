/** The worker's life: registered after the page is drawn, and never replaced under somebody's hands. */
import { render } from "preact";
import { Button } from "../lib/ui/button";
import { t } from "./late-words";

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
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown };
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
    if (worker?.state === "installed" && navigator.serviceWorker.controller) offer(worker);
  };
  ready(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => ready(coming));
  });
}

function offer(worker: ServiceWorker): void {
  const place = document.getElementById("news");
  if (!place) return;
  const close = () => render(null, place);
  render(<NewVersion onYes={() => start(worker)} onLater={close} />, place);
}

/** Starts the newer version: somebody asked for it. */
function start(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  worker.postMessage("skip");
}

function NewVersion({ onYes, onLater }: { onYes: () => void; onLater: () => void }) {
  return (
    <div class="new-version">
      <p>
        {t("newVersion")} <span class="muted">{t("newVersionHint")}</span>
      </p>
      <span class="row">
        <Button look="main" onClick={onYes}>
          {t("reload")}
        </Button>
        <Button look="link" onClick={onLater}>
          {t("later")}
        </Button>
      </span>
    </div>
  );
}
