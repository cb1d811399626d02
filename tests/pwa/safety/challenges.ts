/** Challenges as the server makes them. */
import { createHash, pbkdf2Sync } from "node:crypto";
import type { Parameters } from "@src/safety/solve";

const NONCE = "00112233445566778899aabbccddeeff";
const SALT = "ffeeddccbbaa99887766554433221100";

/** The key of one counter, of which the phone is told the start. */
export function aChallenge(counter: number): { parameters: Parameters & { data: object }; signature: string } {
  const parameters = {
    algorithm: "PBKDF2/SHA-256",
    nonce: NONCE,
    salt: SALT,
    cost: 10,
    keyLength: 32,
    keyPrefix: keyOf(counter).slice(0, 32),
  };
  return {
    parameters: { ...parameters, data: { v: 1, act: "ask" } },
    signature: createHash("sha256").update(NONCE).digest("hex"),
  };
}

export function keyOf(counter: number): string {
  const password = Buffer.concat([
    Buffer.from(NONCE, "hex"),
    Buffer.from(counter.toString(16).padStart(8, "0"), "hex"),
  ]);
  return pbkdf2Sync(password, Buffer.from(SALT, "hex"), 10, 32, "sha256").toString("hex");
}
