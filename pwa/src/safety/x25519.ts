import { type Bytes, join, unhex } from "./bytes";

const PKCS8 = unhex("302e020100300506032b656e04220420");

/** The base point: agreeing with it gives one's own public key. */
export const BASE_POINT: Bytes = new Uint8Array(32);
BASE_POINT[0] = 9;

/** X25519 (RFC 7748) of 32 private and 32 public bytes; refuses an all-zero secret. Engines without it load a plain one. */
export async function agree(privateBytes: Bytes, publicBytes: Bytes): Promise<Bytes> {
  const secret =
    (await native(privateBytes, publicBytes)) ?? (await import("./x25519-plain")).multiply(privateBytes, publicBytes);
  if (secret.every((byte) => byte === 0)) throw new RangeError("all-zero shared secret");
  return secret;
}

async function native(privateBytes: Bytes, publicBytes: Bytes): Promise<Bytes | null> {
  const { subtle } = crypto;
  try {
    const own = await subtle.importKey("pkcs8", join(PKCS8, privateBytes), { name: "X25519" }, false, ["deriveBits"]);
    const other = await subtle.importKey("raw", publicBytes, { name: "X25519" }, false, []);
    return new Uint8Array(await subtle.deriveBits({ name: "X25519", public: other }, own, 256));
  } catch {
    return null; // not known here, or an all-zero secret: the plain one tells which
  }
}
