/** The worker's life: registered after the page is drawn, and never replaced under somebody's hands. */
import { render } from "preact";
import { reach } from "../lib/http";
import { isShut } from "../lib/store";
import { Button } from "../lib/ui/button";
import { keeperAddress } from "../safety/workers";
import { t } from "./late-words";

const PATIENCE = 15_000;
/** What the worker keeps from its first use on lies in folders of its own. */
const KEPT_ONCE_USED = /\/assets\/\w+\//;

/** Registers the worker where the browser has one. */
export async function registerWorker(): Promise<void> {
  if (!navigator.serviceWorker || !globalThis.isSecureContext || isShut()) return;
  const passedOver = !navigator.serviceWorker.controller;
  try {
    const registration = await navigator.serviceWorker.register(keeperAddress() as string, { updateViaCache: "none" });
    if (isShut()) await registration.unregister();
    else {
      watch(registration);
      if (passedOver) await beLookedAfter();
    }
  } catch {
    // A browser that refuses workers (private windows): the app works without one.
  }
}

/**
 * A page that was loading while the worker began was passed over when it took its pages: it asks to be taken too. What
 * it had loaded by then goes through the worker once more, so that a wall, a ticket or the desk opens without a network
 * from the first visit on.
 */
async function beLookedAfter(): Promise<void> {
  const worker = navigator.serviceWorker;
  const { active } = await worker.ready;
  if (!worker.controller) {
    const taken = new Promise((done) => worker.addEventListener("controllerchange", done, { once: true }));
    active?.postMessage("claim");
    await taken;
  }
  const begun = performance.now();
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (startTime < begun && KEPT_ONCE_USED.test(name)) void passOnce(name);
  }).observe({ type: "resource", buffered: true });
}

/** Without a network it is kept already, or will be at the next visit. */
async function passOnce(address: string): Promise<void> {
  await reach("GET", address, { accept: "*/*" }, AbortSignal.timeout(PATIENCE)).catch(() => undefined);
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
