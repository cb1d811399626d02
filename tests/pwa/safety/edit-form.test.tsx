import { all, destroy, put } from "@src/lib/store";
import { EditForm } from "@src/safety/edit-form";
import type { Receipt } from "@src/safety/receipts";
import { beforeEach, expect, test } from "vitest";
import { button, draw, type } from "../questions/page";

const receipt: Receipt = {
  id: "39352539-055d-8969-9674-d3c0955daf3f",
  secret: { seed: "AAECAwQFBgcICQ", event: "e", kind: "question" },
  box: "b",
  session: { id: "s", code: "x7k2", title: "Blogs" },
  text: "How does Jo start?",
  warning: "",
  audience: "everyone",
  recap: true,
  standing: "returned",
  reason: "names-somebody",
  note: "",
  reply: "",
  refusal: "",
};

let sent: string[];
let left: number;

beforeEach(async () => {
  await destroy();
  [sent, left] = [[], 0];
});

async function form(of: Receipt = receipt) {
  const main = draw(
    <EditForm
      receipt={of}
      label="Your question, changed"
      hint="It goes back to review."
      send={async (text) => void sent.push(text)}
      onDone={() => left++}
    />,
  );
  await expect.poll(() => main.querySelector("textarea")).toBeTruthy();
  return main;
}
const save = (main: Element) => button(main, "Send the change");

test("it begins with the words as they were sent, and sends the others", async () => {
  const main = await form();
  expect(main.querySelector("textarea")?.value).toBe("How does Jo start?");
  type(main.querySelector("textarea"), "How does somebody start?");
  await expect.poll(async () => (await all("drafts")).length).toBe(1);
  save(main).click();
  await expect.poll(() => [sent, left]).toEqual([["How does somebody start?"], 1]);
});

test.each([
  ["I want to die", "you can talk to someone"],
  ["My name is Jo, can you help?", "“Jo” may be somebody's name."],
  ["Ring me on 07700 900123", "looks like a phone number"],
])("other words are looked at as the first ones were, and Save stays enabled: %s", async (text, notice) => {
  const main = await form();
  type(main.querySelector("textarea"), text);
  await expect.poll(() => main.textContent).toContain(notice);
  expect([save(main).disabled, save(main).getAttribute("aria-disabled")]).toEqual([false, null]);
});

test("what may name somebody is asked about once; keeping it sends it", async () => {
  const main = await form();
  type(main.querySelector("textarea"), "My name is Jo, can you help?");
  await expect.poll(() => main.textContent).toContain("“Jo” may be somebody's name.");
  save(main).click();
  await new Promise((done) => setTimeout(done, 20));
  expect([sent, document.activeElement?.textContent?.includes("“Jo” may be")]).toEqual([[], true]);
  button(main, "Keep it and send").click();
  await expect.poll(() => sent).toEqual(["My name is Jo, can you help?"]);
});

test("words that call for help lines are sent by one press", async () => {
  const main = await form();
  type(main.querySelector("textarea"), "I want to die");
  await expect.poll(() => main.querySelector(".help-card")).not.toBeNull();
  save(main).click();
  await expect.poll(() => sent).toEqual(["I want to die"]);
});

test("an empty change is not sent, and the box says why", async () => {
  const main = await form();
  type(main.querySelector("textarea"), "  ");
  await expect.poll(() => main.querySelector("textarea")?.value).toBe("  ");
  save(main).click();
  await expect.poll(() => main.querySelector("[role=alert]")?.textContent).toBe("Please write something first.");
  expect(sent).toEqual([]);
});

test("what is being changed is there again after a reload, until it is sent or left", async () => {
  type((await form()).querySelector("textarea"), "How does some");
  await expect.poll(async () => (await all("drafts")).length).toBe(1);
  const again = await form();
  expect(again.querySelector("textarea")?.value).toBe("How does some");
  button(again, "No, leave it").click();
  await expect.poll(async () => [left, sent, await all("drafts")]).toEqual([1, [], []]);
});

test("a change of one question is not taken for that of another", async () => {
  await put("drafts", "edit:another", "Something else");
  expect((await form()).querySelector("textarea")?.value).toBe("How does Jo start?");
});
