import { Tabs } from "@src/lib/ui";
import { render } from "preact";
import { afterEach, expect, test } from "vitest";

const root = document.createElement("div");
document.body.append(root);
afterEach(() => {
  render(null, root);
  document.documentElement.dir = "";
});

const NAMES = ["questions", "talk", "about"] as const;

function draw(open: (typeof NAMES)[number]): string[] {
  const opened: string[] = [];
  render(
    <Tabs
      label="Parts"
      tabs={NAMES.map((name) => ({ name, label: name }))}
      open={open}
      onOpen={(name) => opened.push(name)}
    >
      <p>panel</p>
    </Tabs>,
    root,
  );
  return opened;
}

const press = (key: string) =>
  root.querySelector("[role=tablist]")?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

test("arrow keys go round, Home and End jump", () => {
  const opened = draw("about");

  for (const key of ["ArrowRight", "ArrowLeft", "Home", "End", "x"]) press(key);

  expect(opened).toEqual(["questions", "talk", "questions", "about"]);
});

test("in a language written from the right the arrows turn round", () => {
  document.documentElement.dir = "rtl";
  const opened = draw("questions");

  press("ArrowLeft");

  expect(opened).toEqual(["talk"]);
});

test("one tab can be reached by the Tab key, and the panel is named by it", () => {
  draw("talk");

  const reachable = [...root.querySelectorAll('[role=tab][tabindex="0"]')];
  expect(reachable.map((tab) => tab.textContent)).toEqual(["talk"]);
  expect(root.querySelector("[role=tabpanel]")?.getAttribute("aria-labelledby")).toBe(reachable[0]?.id);
});
