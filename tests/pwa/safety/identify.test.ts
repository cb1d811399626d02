import { identify } from "@src/safety/identify";
import { expect, test } from "vitest";
import numbers from "../../vectors/nhs-numbers.json";

const kinds = (text: string) => identify(text).map((found) => [found.kind, found.text]);

test.each([
  ["write to jo.bloggs@example.org please", "email", "jo.bloggs@example.org"],
  ["jo (at) example.co.uk", "email", "jo (at) example.co.uk"],
  ["ring 07700 900123 after six", "phone", "07700 900123"],
  ["+44 7700 900 123", "phone", "+44 7700 900 123"],
  ["+44 (0)113 496 0123", "phone", "+44 (0)113 496 0123"],
  ["(0113) 496 0123.", "phone", "(0113) 496 0123"],
  ["my number is 943 476 5919", "nhs", "943 476 5919"],
  ["NI is AB 12 34 56 C", "ni", "AB 12 34 56 C"],
  ["I live near LS1 3AD", "postcode", "LS1 3AD"],
  ["in sw1a 1aa", "postcode", "sw1a 1aa"],
  ["find me as @jo_bloggs there", "handle", "@jo_bloggs"],
  ["my name is Jo", "name", "Jo"],
  ["my name's sian", "name", "sian"],
  ["I am called Ayşe", "name", "Ayşe"],
  ["call me Al", "name", "Al"],
  ["ask Dr Patel on ward nine", "name", "Dr Patel"],
])("care_05: what may name somebody is found: %s", (text, kind, part) => {
  expect(kinds(text)).toEqual([[kind, part]]);
});

test.each([
  "How do I start a blog?",
  "Call Samaritans on 116 123, or text 85258",
  "Papyrus is 0800 068 4141 and NHS 111 option 2",
  "call me tomorrow if you like",
  "the talk at 14:30 on 22/11/2026",
  "order 943 476 5918 is not such a number",
  "we were 1,200 people in 2019",
  "see https://example.org/@press/2026",
  "my name is not needed",
  "email me @ home",
  "Windows 11 and iOS 17",
  "I got A1 in English",
])("care_05: everyday text is left alone: %s", (text) => {
  expect(kinds(text)).toEqual([]);
});

test("care_05: of these numbers exactly those with the right check digit are taken for NHS numbers", () => {
  const found = numbers.filter(({ digits }) => kinds(`it is ${digits} here`).some(([kind]) => kind === "nhs"));
  expect(found).toEqual(numbers.filter(({ valid }) => valid));
  expect(found.length).toBeGreaterThan(100);
});

test("several findings come in the order of the text, with their places", () => {
  const text = "I'm called Jo, jo@example.org";
  expect(identify(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
    ["name", "Jo"],
    ["email", "jo@example.org"],
  ]);
});

// Far from the few ms it takes, far from the minutes of a pattern that runs away.
test("care_05: no pattern runs away on 20,000 characters", () => {
  for (const part of ["a.", "0 ", "@a", "my name is ", "0113 ", "1234567890 ", "aa"]) {
    const text = part.repeat(Math.ceil(20_000 / part.length));
    identify(text);
    const before = process.cpuUsage();
    identify(text);
    expect(process.cpuUsage(before).user / 1000, part).toBeLessThan(50);
  }
});
