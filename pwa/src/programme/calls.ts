/** Addresses of the printed day. */
import { API, get } from "../lib/http";
import type { EventCard, EventDay, Page, Session, Surgeon } from "../lib/wire";

export const EVENTS = `${API}/events/`;
export const eventPath = (event: string) => `${API}/events/${encodeURIComponent(event)}/`;
export const sessionPath = (code: string) => `${API}/sessions/${encodeURIComponent(code)}/`;
export const surgeonPath = (id: string) => `${API}/surgeons/${encodeURIComponent(id)}/`;
export const eventQr = (slug: string) => `${eventPath(slug)}qr.svg`;
export const sessionQr = (id: string) => `${sessionPath(id)}qr.svg`;

export type { EventCard, EventDay, Session, Surgeon };

/** Every page of a list, one after the other. `next` is followed only on this server. */
export async function everyPage<T>(path: string): Promise<T[]> {
  const found: T[] = [];
  let next: string | null = `${path}?page_size=200`;
  while (next) {
    const page: Page<T> = (await get<Page<T>>(next)).body;
    found.push(...page.results);
    next = page.next && ownPath(page.next);
  }
  return found;
}

/** The path and query of an address the server gave: behind a proxy its origin may be another. */
export function ownPath(address: string): string {
  const url = new URL(address, location.origin);
  return url.pathname + url.search;
}
