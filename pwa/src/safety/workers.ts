/** The only scripts that may run beside the page: the one Trusted Types policy hands out these two addresses. */
import PROVER from "./prover?worker&url";

const KEEPER = "/sw.js";

interface Policy {
  createScriptURL(url: string): unknown;
}

interface Factory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): Policy;
}

let policy: Policy | undefined;

/** Keeps the app for offline use; solves proofs. Where the browser knows no trusted types, the bare address. */
export const keeperAddress = (): unknown => trusted(KEEPER);
export const proverAddress = (): unknown => trusted(PROVER);

function trusted(address: string): unknown {
  policy ??= (globalThis as { trustedTypes?: Factory }).trustedTypes?.createPolicy("sw", { createScriptURL: only });
  return policy ? policy.createScriptURL(address) : only(address);
}

/** The address, if it is one of the two. */
export function only(address: string): string {
  if (address !== KEEPER && address !== PROVER) throw new TypeError("Only the app's own workers.");
  return address;
}
