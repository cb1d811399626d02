import { b64u, unb64u, unhex, uuidBytes, uuidText } from "@src/safety/bytes";
import { derive, fragmentOf, newSecret, secretFromFragment, type TagUse, tagFor } from "@src/safety/profile";
import { expect, test } from "vitest";
import vectors from "../../vectors/receipts.json";
import { secretOf } from "./makers";

test.each(vectors.cases)("a phone derives the shared vector of $kind $id", async (row) => {
  const derived = await derive(secretOf(row));
  expect(derived).toEqual({ id: row.id, auth: row.auth, replyKey: row.reply_key, box: row.box });
});

test.each(vectors.tags)("a phone makes the shared tag for a $use", async (row) => {
  expect(await tagFor(b64u(unhex(row.key)), row.use as TagUse, row.uuid)).toBe(row.tag);
});

test.each(vectors.cases)("the QR fragment of $id reads back to the same receipt", (row) => {
  expect(fragmentOf(secretOf(row))).toBe(row.fragment);
  expect(secretFromFragment(`#${row.fragment}`)).toEqual(secretOf(row));
});

test.each([
  "",
  "#",
  "2.0f0e0d0c-0b0a-4908-8706-050403020100.question.AAECAwQFBgcICQ",
  "1.0F0E0D0C-0b0a-4908-8706-050403020100.question.AAECAwQFBgcICQ",
  "1.0f0e0d0c-0b0a-4908-8706-050403020100.vote.AAECAwQFBgcICQ",
  "1.0f0e0d0c-0b0a-4908-8706-050403020100.question.AAECAwQFBgcICR",
  "1.0f0e0d0c-0b0a-4908-8706-050403020100.question.AAECAwQFBgcICQ.more",
])("a fragment that is not a receipt is refused: %s", (fragment) => {
  expect(secretFromFragment(fragment)).toBeNull();
});

test("two new receipts of one phone share no four bytes in a row", async () => {
  const event = "7c1a9d52-4e0b-4f6a-9b1e-2d3c4b5a6978";
  const [one, two] = await Promise.all([derive(newSecret(event, "question")), derive(newSecret(event, "question"))]);
  const windows = new Set(fours(Object.values(one)));
  expect(fours(Object.values(two)).filter((part) => windows.has(part))).toEqual([]);
});

test.each(["A", "AB=", "AB", "A+", "A/", "AAAAA"])(
  "base64 in any but its canonical spelling is refused: %s",
  (text) => {
    expect(unb64u(text)).toBeNull();
  },
);

test("a UUID keeps its bytes in network order", () => {
  const text = "39352539-055d-8969-9674-d3c0955daf3f";
  expect(uuidText(uuidBytes(text))).toBe(text);
  expect(uuidBytes(text)[0]).toBe(0x39);
});

function fours(values: readonly string[]): string[] {
  const bytes = values.map((value) => (value.includes("-") && value.length === 36 ? uuidBytes(value) : unb64u(value)));
  return bytes.flatMap((row) =>
    Array.from({ length: Math.max(0, (row?.length ?? 0) - 3) }, (_, at) => row?.slice(at, at + 4).join() ?? ""),
  );
}
