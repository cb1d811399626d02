import type { Bytes } from "./bytes";

/**
 * X25519 as RFC 7748 section 5 writes it, for engines whose WebCrypto lacks it.
 * Not constant in time: it only ever runs on the phone that holds the secret.
 */
const P = (1n << 255n) - 19n;
const A24 = 121665n;

const mod = (value: bigint): bigint => {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
};

function little(bytes: Bytes): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let left = exponent, square = base; left > 0n; left >>= 1n, square = mod(square * square)) {
    if (left & 1n) result = mod(result * square);
  }
  return result;
}

/** The u-coordinate of `scalar` times the point `u`, both 32 bytes. */
export function multiply(scalar: Bytes, u: Bytes): Bytes {
  const k = (little(scalar) & ((1n << 255n) - 8n)) | (1n << 254n);
  const x1 = mod(little(u) & ((1n << 255n) - 1n));
  let [x2, z2, x3, z3] = [1n, 0n, x1, 1n];
  let swapped = false;
  for (let bit = 254n; bit >= 0n; bit--) {
    const set = ((k >> bit) & 1n) === 1n;
    if (set !== swapped) [x2, x3, z2, z3] = [x3, x2, z3, z2];
    swapped = set;
    const [a, b, c, d] = [mod(x2 + z2), mod(x2 - z2), mod(x3 + z3), mod(x3 - z3)];
    const [aa, bb, da, cb] = [mod(a * a), mod(b * b), mod(d * a), mod(c * b)];
    const e = mod(aa - bb);
    x3 = mod((da + cb) ** 2n);
    z3 = mod(x1 * mod((da - cb) ** 2n));
    x2 = mod(aa * bb);
    z2 = mod(e * (aa + A24 * e));
  }
  if (swapped) [x2, z2] = [x3, z3];
  const out = mod(x2 * power(z2, P - 2n));
  return Uint8Array.from({ length: 32 }, (_, index) => Number((out >> BigInt(8 * index)) & 255n));
}
