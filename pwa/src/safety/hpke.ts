/** Opens sealed notes: HPKE (RFC 9180) base mode, single shot, X25519, HKDF-SHA256, AES-128-GCM, empty aad. */
import { ascii, type Bytes, b64u, join, unb64u } from "./bytes";
import { hmac, replyPair, type Secret } from "./profile";
import { agree } from "./x25519";

const KEM = join(ascii("KEM"), Uint8Array.of(0x00, 0x20));
const SUITE = join(ascii("HPKE"), Uint8Array.of(0x00, 0x20, 0x00, 0x01, 0x00, 0x01));
const VERSION = ascii("HPKE-v1");
const NOTHING: Bytes = new Uint8Array(0);

export type SealedNote = { readonly box: string; readonly sealed: string };

/** The text of a 560-byte note sealed to this receipt, or null when it was not or was changed on its way. */
export async function openNote(secret: Secret, note: SealedNote): Promise<string | null> {
  const [bytes, box] = [unb64u(note.sealed, 560), unb64u(note.box, 16)];
  if (!bytes || !box) return null;
  const info = join(ascii("equalterms/1/note\0"), box);
  try {
    const secretOfBoth = await shared(await replyPair(secret), bytes.slice(0, 32));
    return unpad(await open(secretOfBoth, info, bytes.slice(32)));
  } catch {
    return null; // wrong key, wrong box, or altered: WebCrypto gives one error for all
  }
}

/** What opens this one note for somebody else, and nothing besides: the secret it was sealed with. */
export async function openingOf(secret: Secret, { sealed }: SealedNote): Promise<string | null> {
  const bytes = unb64u(sealed, 560);
  return bytes && b64u(await shared(await replyPair(secret), bytes.slice(0, 32)));
}

function unpad(plain: Bytes): string | null {
  const size = ((plain[0] ?? 0) << 8) | (plain[1] ?? 0);
  if (plain.length !== 512 || size > 510) return null;
  return new TextDecoder("utf-8", { fatal: true }).decode(plain.slice(2, 2 + size));
}

async function shared(pair: { readonly private: Bytes; readonly public: Bytes }, enc: Bytes): Promise<Bytes> {
  const prk = await extract(KEM, NOTHING, "eae_prk", await agree(pair.private, enc));
  return expand(KEM, prk, "shared_secret", join(enc, pair.public), 32);
}

async function open(secret: Bytes, info: Bytes, ciphertext: Bytes): Promise<Bytes> {
  const hashes = await Promise.all([
    extract(SUITE, NOTHING, "psk_id_hash", NOTHING),
    extract(SUITE, NOTHING, "info_hash", info),
  ]);
  const context = join(Uint8Array.of(0), ...hashes);
  const prk = await extract(SUITE, secret, "secret", NOTHING);
  const [key, iv] = await Promise.all([
    expand(SUITE, prk, "key", context, 16),
    expand(SUITE, prk, "base_nonce", context, 12),
  ]);
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, imported, ciphertext));
}

/** RFC 9180's LabeledExtract; an empty salt is the same HMAC key as zeros, which WebCrypto accepts. */
function extract(suite: Bytes, salt: Bytes, label: string, keying: Bytes): Promise<Bytes> {
  return hmac(salt.length ? salt : new Uint8Array(32), join(VERSION, suite, ascii(label), keying));
}

/** RFC 9180's LabeledExpand for at most 32 bytes: one round of HKDF. */
async function expand(suite: Bytes, prk: Bytes, label: string, info: Bytes, size: number): Promise<Bytes> {
  const labelled = join(Uint8Array.of(0, size), VERSION, suite, ascii(label), info);
  return (await hmac(prk, join(labelled, Uint8Array.of(1)))).slice(0, size);
}
