import { choose, LANGUAGES, speak } from "@src/lib/words";
import { afterEach, describe, expect, test } from "vitest";

const t = speak("test", {
  hello: "Hello {name}",
  waiting: { one: "{n} question waits", other: "{n} questions wait" },
});

afterEach(() => choose("en-GB"));

describe("words", () => {
  test("fill their holes and follow the number", () => {
    expect(t("hello", { name: "Ola" })).toBe("Hello Ola");
    expect(t("waiting", { n: 1 })).toBe("1 question waits");
    expect(t("waiting", { n: 3 })).toBe("3 questions wait");
  });

  test("speak another language where it has the sentence, and set its direction", async () => {
    const added = { "test.hello": "שלום {name}" };
    LANGUAGES.push({ tag: "he", name: "עברית", dir: "rtl", load: async () => added });

    await choose("he");

    expect(t("hello", { name: "Ola" })).toBe("שלום Ola");
    expect(t("waiting", { n: 2 })).toBe("2 questions wait");
    expect(document.documentElement.dir).toBe("rtl");
    LANGUAGES.pop();
  });
});
