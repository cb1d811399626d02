import { openNote } from "@src/safety/hpke";
import { expect, test } from "vitest";
import vectors from "../../vectors/receipts.json";
import { secretOf } from "./makers";

const row = (place: number) => {
  const found = vectors.cases[place];
  if (!found) throw new Error(`no case ${place}`);
  return secretOf(found);
};

test.each(vectors.notes)("anon_30: a note sealed by Python opens on the phone: $plaintext.state", async (note) => {
  expect(JSON.parse((await openNote(row(note.case), note)) ?? "null")).toEqual(note.plaintext);
});

test.each(vectors.notes_that_do_not_open.filter((note) => note.why !== "carried under another box"))(
  "anon_30: a note stays shut when $why",
  async (note) => {
    expect(await openNote(row(note.case), note)).toBeNull();
  },
);

test.each(["", "AAAA", "A".repeat(747), "?".repeat(746)])(
  "anon_28: what is not a note of 560 bytes stays shut",
  async (sealed) => {
    expect(await openNote(row(0), { box: "_qQGw7CWxmHjuyUBhMlfcg", sealed })).toBeNull();
  },
);
