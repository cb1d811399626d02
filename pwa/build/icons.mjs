/** Renders the PNG icons from icon.svg with a Chromium (CHROMIUM=/path). Run by hand when the mark changes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const folder = new URL("../public/icons/", import.meta.url);
const mark = readFileSync(new URL("icon.svg", folder), "utf8");

/** `fill` is how much of the square the mark takes: a maskable icon keeps it inside the safe circle. */
const ICONS = [
  { file: "192.png", size: 192, fill: 1, ground: "transparent" },
  { file: "512.png", size: 512, fill: 1, ground: "transparent" },
  { file: "180.png", size: 180, fill: 0.8, ground: "#f7f5f0" },
  { file: "maskable-512.png", size: 512, fill: 0.62, ground: "#f7f5f0" },
];

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
for (const { file, size, fill, ground } of ICONS) {
  await page.setViewport({ width: size, height: size });
  await page.setContent(
    `<style>html,body{margin:0;height:100%;background:${ground};display:grid;place-items:center}svg{width:${fill * 100}vw;display:block}</style>${mark}`,
  );
  await page.screenshot({ path: fileURLToPath(new URL(file, folder)), omitBackground: ground === "transparent" });
}
await browser.close();
