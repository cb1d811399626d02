import { destroy } from "@src/lib/store";
import { learnFromShown } from "@src/questions/own";
import { everyReceipt, keep, type Receipt } from "@src/safety/receipts";
import { beforeEach, expect, test } from "vitest";
import { aQuestion, EVENT, SESSION } from "./makers";

const aReceipt = (more: Partial<Receipt> = {}): Receipt => ({
  id: "q",
  secret: { seed: "AAECAwQFBgcICQ", event: EVENT, kind: "question" },
  box: "b",
  session: { id: SESSION, code: "x7k2", title: "Blogs" },
  text: "How?",
  warning: "",
  audience: "everyone",
  recap: true,
  standing: "held",
  reason: "",
  note: "",
  reply: "",
  refusal: "",
  ...more,
});
const standing = async () => (await everyReceipt())[0]?.standing;

beforeEach(() => destroy());

test("a question on the public list is shown", async () => {
  await keep(aReceipt());
  await learnFromShown(SESSION, [aQuestion("q")], false);
  expect(await standing()).toBe("shown");
});

test("one that has left the whole list is being looked at again; a part of the list says nothing", async () => {
  await keep(aReceipt({ standing: "shown" }));
  await learnFromShown(SESSION, [aQuestion("other")], false);
  expect(await standing()).toBe("shown");
  await learnFromShown(SESSION, [aQuestion("other")], true);
  expect(await standing()).toBe("held");
});

test("one that was joined with another is not looked for on the list", async () => {
  await keep(aReceipt({ standing: "merged" }));
  await learnFromShown(SESSION, [], true);
  expect(await standing()).toBe("merged");
});

test("one for surgeons only is never sought on the public list", async () => {
  await keep(aReceipt({ standing: "shown", audience: "surgeons" }));
  await learnFromShown(SESSION, [], true);
  expect(await standing()).toBe("shown");
});

test("words that came from another phone are learnt once they are public", async () => {
  await keep(aReceipt({ text: "" }));
  await learnFromShown(SESSION, [aQuestion("q", { text: "In public" })], false);
  expect((await everyReceipt())[0]?.text).toBe("In public");
});

test("what this phone withdrew stays withdrawn while an old copy still lists it", async () => {
  await keep(aReceipt({ standing: "withdrawn" }));
  await learnFromShown(SESSION, [aQuestion("q")], true);
  expect(await standing()).toBe("withdrawn");
});
