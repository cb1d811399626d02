/** Chromium offers to install; the offer is kept until somebody asks for it in Settings. */
import { signal } from "@preact/signals";

interface Offer extends Event {
  prompt(): Promise<void>;
}

export const offer = signal<Offer | null>(null);

/** Whether the app runs from the home screen already. */
export const installed = () => globalThis.matchMedia?.("(display-mode: standalone)").matches ?? false;

/** Keeps the browser's offer instead of letting it pop up over somebody's reading. */
export function startInstall(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.value = event as Offer;
  });
  addEventListener("appinstalled", () => {
    offer.value = null;
  });
}
