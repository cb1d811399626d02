import css from "./style.css?inline";

/** Brings this folder's styles along: a link to them would have to stand in every piece that loads this one. */
export function adopt(): void {
  // A browser from before 2023 shows the number in plain letters.
  if (!document.adoptedStyleSheets) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
