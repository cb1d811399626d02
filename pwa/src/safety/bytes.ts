/** Bytes backed by a plain buffer, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

export const ascii = (text: string): Bytes => encoder.encode(text) as Bytes;

export function join(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const hex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Bytes of a hexadecimal text; a half pair at the end is dropped. */
export const unhex = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** Url-safe base64 without padding. */
export const b64u = (bytes: Bytes): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Bytes of canonical url-safe base64; null for any other spelling or, where a size is asked, any other length. */
export function unb64u(text: string, size?: number): Bytes | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  if (b64u(bytes) !== text) return null;
  return size === undefined || bytes.length === size ? bytes : null;
}

/** The 16 network-order bytes of a hyphenated UUID. */
export const uuidBytes = (uuid: string): Bytes => unhex(uuid.replaceAll("-", ""));

/** Lower-case hyphenated text of 16 bytes. */
export const uuidText = (bytes: Bytes): string => hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
