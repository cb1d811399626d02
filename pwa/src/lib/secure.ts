/**
 * Whether this page may make secrets. Plain http on a network address gives no `crypto.subtle` and no
 * worker: then reading works, asking does not, and the app says why.
 */
export const canAsk: boolean =
  typeof globalThis.isSecureContext === "boolean" && globalThis.isSecureContext && !!globalThis.crypto?.subtle;
