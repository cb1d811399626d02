import { all, destroy } from "@src/lib/store";
import { newSecret } from "@src/safety/profile";
import { ReceiptCard } from "@src/safety/receipt-card";
import { keep, type Receipt } from "@src/safety/receipts";
import { wordsOf } from "@src/safety/words";
import { beforeEach, expect, test } from "vitest";
import { EVENT, SESSION } from "../questions/makers";
import { button, draw } from "../questions/page";

const receipt: Receipt = {
  id: "39352539-055d-8969-9674-d3c0955daf3f",
  secret: newSecret(EVENT, "question"),
  box: "b",
  session: { id: SESSION, code: "x7k2", title: "Blogs" },
  text: "How do I start?",
  warning: "",
  audience: "everyone",
  recap: true,
  standing: "held",
  reason: "",
  note: "",
  reply: "",
  refusal: "",
};

beforeEach(async () => {
  await destroy();
  await keep(receipt);
});

test("it is kept on this phone, and says so", () => {
  expect(draw(<ReceiptCard receipt={receipt} />).textContent).toContain("It is kept on this phone");
});

test("its words and its code come only when somebody asks, by one press", async () => {
  const main = draw(<ReceiptCard receipt={receipt} />);
  expect([main.querySelector("ol"), main.querySelector("svg")]).toEqual([null, null]);

  button(main, "Write it down").click();

  const words = await wordsOf(receipt.secret.seed);
  await expect.poll(() => [...main.querySelectorAll("li")].map((one) => one.textContent)).toEqual(words);
  await expect.poll(() => main.querySelector("svg path")?.getAttribute("d")?.length).toBeGreaterThan(500);
});

test("not keeping it takes one press, and so does changing one's mind", async () => {
  const main = draw(<ReceiptCard receipt={receipt} />);

  button(main, "Don't keep it here").click();
  await expect.poll(async () => (await all("receipts")).length).toBe(0);
  await expect.poll(() => main.textContent).toContain("This phone has forgotten it.");

  button(main, "Keep it after all").click();
  await expect.poll(async () => (await all("receipts")).length).toBe(1);
});
