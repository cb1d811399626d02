/**
 * Solves an ALTCHA v2 challenge with the engine's own PBKDF2. It runs in a worker of its own (prover.ts), and on the
 * page where there is none.
 */
import { type Bytes, hex, unhex } from "./bytes";

export type Parameters = {
  readonly algorithm: string;
  readonly nonce: string;
  readonly salt: string;
  readonly cost: number;
  readonly keyLength: number;
  readonly keyPrefix: string;
};

export type Solution = { readonly counter: number; readonly derivedKey: string };

/** The lowest counter whose key starts as asked. Only PBKDF2 is known: a server that asks another is refused. */
export async function solve(asked: Parameters, limit = 1_000_000): Promise<Solution> {
  if (!asked.algorithm.startsWith("PBKDF2/")) throw new RangeError(`unknown proof: ${asked.algorithm}`);
  const nonce = unhex(asked.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const view = new DataView(password.buffer);
  for (let counter = 0; counter < limit; counter++) {
    view.setUint32(nonce.length, counter);
    const derivedKey = hex(await keyOf(asked, password));
    if (derivedKey.startsWith(asked.keyPrefix.toLowerCase())) return { counter, derivedKey };
  }
  throw new RangeError("the challenge has no solution");
}

async function keyOf({ algorithm, salt, cost, keyLength }: Parameters, password: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const hash = algorithm.split("/")[1] ?? "";
  const bits = { name: "PBKDF2", salt: unhex(salt), iterations: cost, hash };
  return new Uint8Array(await crypto.subtle.deriveBits(bits, key, keyLength * 8));
}
