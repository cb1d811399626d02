import { encode, type Modules } from "@src/safety/qr";
import { expect, test } from "vitest";
import symbols from "../../vectors/qr.json"; // drawn by the npm package qrcode 1.5

const rows = (symbol: Modules) => symbol.map((row) => BigInt(`0b${row.map(Number).join("")}`).toString(16));

test.each(symbols)(
  "a symbol is drawn as the standard says: version $version, mask $mask",
  ({ text, mask, rows: expected }) => {
    expect(rows(encode(text, mask))).toEqual(expected);
  },
);

test("without a mask, one of the eight is chosen", () => {
  const text = "https://equal.example/r#1.0f0e0d0c-0b0a-4908-8706-050403020100.question.AAECAwQFBgcICQ";
  const every = Array.from({ length: 8 }, (_, mask) => rows(encode(text, mask)).join());
  expect(every).toContain(rows(encode(text)).join());
});

test("a text too long for a symbol is refused", () => {
  expect(() => encode("x".repeat(214))).toThrow(RangeError);
});
