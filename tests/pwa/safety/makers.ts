import { b64u, unhex } from "@src/safety/bytes";
import type { Kind, Secret } from "@src/safety/profile";

/** The receipt of a row of tests/vectors/receipts.json. */
export const secretOf = (row: { seed: string; event: string; kind: string }): Secret => ({
  seed: b64u(unhex(row.seed)),
  event: row.event,
  kind: row.kind as Kind,
});
