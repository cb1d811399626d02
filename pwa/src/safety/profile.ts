/** Crypto profile 1: everything a phone makes of a receipt's 80 secret bits. */
import { ascii, type Bytes, b64u, join, unb64u, uuidBytes, uuidText } from "./bytes";
import { agree, BASE_POINT } from "./x25519";

export const KINDS = ["question", "comment", "booking", "followup"] as const;
export type Kind = (typeof KINDS)[number];

/** What is kept: `seed` is 10 bytes in url-safe base64, `event` the event's id. Never sent anywhere. */
export type Secret = { readonly seed: string; readonly event: string; readonly kind: Kind };

/** What may leave the phone: the id and `auth` with their own row, the reply key with it, the box to nobody. */
export type Derived = { readonly id: string; readonly auth: string; readonly replyKey: string; readonly box: string };

export type TagUse = "vote" | "voice" | "report" | "reaction";

export const newSecret = (event: string, kind: Kind): Secret => ({ seed: b64u(random(10)), event, kind });

/** A key for the tags of one event: 32 bytes in url-safe base64. */
export const newTagKey = (): string => b64u(random(32));

export const random = (size: number): Bytes => crypto.getRandomValues(new Uint8Array(size));

export async function derive(secret: Secret): Promise<Derived> {
  const [id, auth, key] = await Promise.all([part(secret, "id", 16), part(secret, "auth", 32), replyPair(secret)]);
  id[6] = ((id[6] ?? 0) & 0x0f) | 0x80;
  id[8] = ((id[8] ?? 0) & 0x3f) | 0x80;
  const box = (await sha256(join(ascii("equalterms/1/mailbox\0"), key.public))).slice(0, 16);
  return { id: uuidText(id), auth: b64u(auth), replyKey: b64u(key.public), box: b64u(box) };
}

/** The X25519 pair replies are sealed to. */
export async function replyPair(secret: Secret): Promise<{ readonly private: Bytes; readonly public: Bytes }> {
  const bytes = await part(secret, "reply-key", 32);
  return { private: bytes, public: await agree(bytes, BASE_POINT) };
}

/** 16 bytes in url-safe base64 that say "the same phone, the same subject" and nothing else. */
export async function tagFor(tagKey: string, use: TagUse, subject: string): Promise<string> {
  const mac = await hmac(must(unb64u(tagKey, 32)), join(ascii(`equalterms/1/${use}\0`), uuidBytes(subject)));
  return b64u(mac.slice(0, 16));
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

/** The part of a QR address after `#`; the secret stands nowhere else in it. */
export const fragmentOf = (secret: Secret): string => `1.${secret.event}.${secret.kind}.${secret.seed}`;

/** Reads `#1.{event}.{kind}.{seed}`, with or without the `#`; null when it is anything else. */
export function secretFromFragment(fragment: string): Secret | null {
  const [profile, event = "", kind = "", seed = "", ...more] = fragment.replace(/^#/, "").split(".");
  const known = KINDS.find((name) => name === kind);
  const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(event);
  if (profile !== "1" || !known || !uuid || more.length > 0 || !unb64u(seed, 10)) return null;
  return { seed, event, kind: known };
}

async function part(secret: Secret, what: string, size: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", must(unb64u(secret.seed, 10)), "HKDF", false, ["deriveBits"]);
  const salt = join(ascii("equalterms/1/receipt"), uuidBytes(secret.event));
  const info = ascii(`equalterms/1/${secret.kind}/${what}`);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, size * 8));
}

function must(bytes: Bytes | null): Bytes {
  if (!bytes) throw new RangeError("not the bytes of a receipt");
  return bytes;
}
