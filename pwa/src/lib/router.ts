/** Addresses: what is shown, how to go elsewhere, and which links the app follows itself. */
import { signal } from "@preact/signals";

export interface Place {
  path: string;
  /** Without the leading "#". */
  hash: string;
}

/** Pages whose fragment is a secret: it is handed over once and erased before any request. */
const SECRET = /^\/(r|invite)$/;
let secret = "";

function read(): Place {
  const hash = location.hash.slice(1);
  const path = location.pathname.replace(/(.)\/$/, "$1");
  if (!SECRET.test(path) || !hash) return { path, hash };
  secret = hash;
  history.replaceState(history.state, "", path);
  return { path, hash: "" };
}

export const place = signal<Place>(read());

/** A page was asked for and its heading is not there yet. */
let coming = false;

/** Whether somebody has just come to another page; its heading takes the focus then, once. */
export function arriving(): boolean {
  const was = coming;
  coming = false;
  return was;
}

function move(): void {
  const next = read();
  if (next.path !== place.peek().path) coming = true;
  place.value = next;
}

/** The secret this page was opened with ("" if none). A second call answers "". */
export function takeSecret(): string {
  const taken = secret;
  secret = "";
  return taken;
}

/** Goes to an address of this app. */
export function go(to: string, how: { replace?: boolean } = {}): void {
  if (how.replace) history.replaceState(null, "", to);
  else {
    history.replaceState({ y: scrollY }, "");
    history.pushState(null, "", to);
  }
  move();
}

/** Where the page was scrolled when somebody left this entry of the history (0 on a new one). */
export function keptScroll(): number {
  return (history.state as { y?: number } | null)?.y ?? 0;
}

/** The values of `:names` in a pattern such as "/e/:event/programme", or null if the path is another. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    if (part.startsWith(":") && value) values[part.slice(1)] = decode(value);
    else if (part !== value) return null;
  }
  return values;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function onClick(click: MouseEvent): void {
  const link = (click.target as Element | null)?.closest?.("a");
  if (
    !link ||
    click.defaultPrevented ||
    click.button ||
    click.metaKey ||
    click.ctrlKey ||
    click.shiftKey ||
    click.altKey
  )
    return;
  const elsewhere = link.origin !== location.origin || link.target || link.hasAttribute("download");
  if (elsewhere || link.pathname.startsWith("/api/")) return;
  click.preventDefault();
  if (link.href !== location.href) go(link.pathname + link.search + link.hash);
}

/** Starts following links and the Back button. Answers how to stop. */
export function startRouter(): () => void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", move);
  document.addEventListener("click", onClick);
  return () => {
    removeEventListener("popstate", move);
    document.removeEventListener("click", onClick);
  };
}
