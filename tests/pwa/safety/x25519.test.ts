import { hex, unhex } from "@src/safety/bytes";
import { random } from "@src/safety/profile";
import { agree, BASE_POINT } from "@src/safety/x25519";
import { multiply } from "@src/safety/x25519-plain";
import { expect, test } from "vitest";

// RFC 7748, section 5.2
const PUBLISHED = [
  {
    scalar: "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
    u: "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
    out: "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
  },
  {
    scalar: "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
    u: "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
    out: "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
  },
];

test.each(PUBLISHED)("the plain X25519 gives the published result $out", ({ scalar, u, out }) => {
  expect(hex(multiply(unhex(scalar), unhex(u)))).toBe(out);
});

test("the plain X25519 agrees with the engine's on keys nobody chose", async () => {
  for (let round = 0; round < 8; round++) {
    const [mine, other] = [random(32), random(32)];
    expect(hex(multiply(mine, BASE_POINT))).toBe(hex(await agree(mine, BASE_POINT)));
    expect(hex(multiply(mine, other))).toBe(hex(await agree(mine, other)));
  }
});

test("an all-zero secret is refused", async () => {
  await expect(agree(random(32), new Uint8Array(32))).rejects.toThrow(RangeError);
});
