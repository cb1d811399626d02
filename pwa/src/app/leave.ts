/**
 * "Leave quickly": hides everything at once, wipes what was being typed, puts My questions out of sight
 * and goes to an everyday page, in such a way that Back does not return. As GOV.UK's "Exit this page".
 */
import { set, settings } from "../lib/settings";
import { clear } from "../lib/store";

const LEFT = "equalterms-left";

/** Leaves now. The page is blank before this returns. */
export function leave(): void {
  document.documentElement.setAttribute("data-left", "");
  document.title = "…";
  remember();
  set({ mineHidden: true });
  const wiped = clear("drafts");
  // A slow disk must not hold anybody here.
  void Promise.race([wiped, new Promise((done) => setTimeout(done, 80))]).then(away);
}

function away(): void {
  location.replace(settings.peek().exit);
}

function remember(): void {
  try {
    sessionStorage.setItem(LEFT, "1");
  } catch {
    // Without storage Back may return; the page still went away at once.
  }
}

/**
 * Whether this page was reached by Back after somebody left. Then it stays blank and leaves again.
 * Opening the app on purpose (a link, an address, a reload) is a fresh start.
 */
export function leftBefore(cameBack: boolean): boolean {
  try {
    const left = sessionStorage.getItem(LEFT) === "1";
    if (left && cameBack) return true;
    sessionStorage.removeItem(LEFT);
  } catch {
    // No storage, nothing was remembered.
  }
  return false;
}

/** True if somebody left from here and came back by the Back button; the app must not start then. */
export function staysAway(): boolean {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (!leftBefore(entry?.type === "back_forward")) return false;
  document.documentElement.setAttribute("data-left", "");
  away();
  return true;
}

/** A page that the browser kept and Back woke up leaves again; so does one whose phone was told to forget. */
export function watchForWaking(): void {
  addEventListener("pageshow", (event) => {
    if (event.persisted && leftBefore(true)) away();
  });
  // Another tab has forgotten this phone: nothing may stay on the screen here, or be kept again.
  addEventListener("storage", ({ key }) => {
    if (key !== null) return;
    document.documentElement.setAttribute("data-left", "");
    away();
  });
}
