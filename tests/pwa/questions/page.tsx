import type { ComponentChild } from "preact";
import { render } from "preact";

/** Draws something as the app does. */
export function draw(what: ComponentChild): HTMLElement {
  const main = document.createElement("main");
  main.id = "main";
  document.body.replaceChildren(main);
  render(what, main);
  return main;
}

export const button = (within: Element, name: string): HTMLButtonElement => {
  const found = [...within.querySelectorAll("button")].find((one) => one.textContent?.trim() === name);
  if (!found) throw new Error(`no button "${name}" in: ${within.textContent}`);
  return found;
};

/** Types as a person would: the field tells the page. */
export function type(field: Element | null, text: string): void {
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) throw new Error("no such field");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
