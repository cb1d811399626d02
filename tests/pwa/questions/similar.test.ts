import { similar } from "@src/questions/similar";
import { expect, test } from "vitest";
import { aQuestion } from "./makers";

const ASKED = [
  aQuestion("photos", { text: "How do I stop my photos from showing where I took them?" }),
  aQuestion("blog", { text: "How can I keep my blog private from my family?" }),
  aQuestion("wifi", { text: "What is the wifi password?" }),
];

const ids = (text: string) => similar(text, ASKED).map(({ id }) => id);

test.each([
  ["is my blog private? can family see blogs", ["blog"]],
  ["can people see where I took my photo", ["photos"]],
  ["How do I stop photos showing where they were taken", ["photos"]],
])("a question asked in other words is found: %s", (text, expected) => {
  expect(ids(text)).toEqual(expected);
});

test.each(["", "how do I", "blog", "What time is lunch and where do I go?"])(
  "too little in common finds nothing: %s",
  (text) => {
    expect(ids(text)).toEqual([]);
  },
);
