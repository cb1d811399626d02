import { on, ring } from "@src/journal/bell";
import { expect, test } from "vitest";

test("a listener hears its kind of change until it stops", () => {
  const heard: string[] = [];
  const stop = on("notes", (topic, change) => heard.push(`${topic} ${change.subject}`));

  ring("s1", { kind: "notes", subject: "s1", item: { session: "s1" } });
  ring("s1", { kind: "question", subject: "q1", item: null });
  stop();
  ring("s1", { kind: "notes", subject: "s1", item: { session: "s1" } });

  expect(heard).toEqual(["s1 s1"]);
});
