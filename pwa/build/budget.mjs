/** Fails when the built app outgrows budget.json (bytes, brotli 11). Run after `npm run build`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = here("../../api/equalterms/webroot");
const limits = JSON.parse(readFileSync(here("../budget.json"), "utf8"));
const manifest = JSON.parse(readFileSync(here("../package.json"), "utf8"));

if (!existsSync(here("../node_modules/.chunks.json"))) {
  console.error("Nothing is built yet: run `npm run build` first.");
  process.exit(2);
}
const chunks = JSON.parse(readFileSync(here("../node_modules/.chunks.json"), "utf8"));
const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]));

/** What not every asker's phone keeps: the staff's part, and three kept by those phones and screens that use them. */
const APART = [
  { row: "the desk", test: /^assets\/desk\//, limit: limits.desk },
  { row: "holding a place", test: /^assets\/places\//, limit: limits.places },
  { row: "what takes a network", test: /^assets\/online\//, limit: limits.online },
  { row: "boards", test: /^assets\/boards\//, limit: limits.boards },
];
const isApart = (file) => APART.some(({ test }) => test.test(file));

const size = (file) => brotliCompressSync(readFileSync(join(root, file))).length;
const sum = (files) => [...files].reduce((total, file) => total + size(file), 0);

/** A chunk with everything it imports at once, styles included. */
function whole(file, seen = new Set()) {
  const chunk = byFile.get(file);
  if (!chunk || seen.has(file)) return seen;
  seen.add(file);
  for (const style of chunk.css) seen.add(style);
  for (const other of chunk.imports) whole(other, seen);
  return seen;
}

const page = readFileSync(join(root, "index.html"), "utf8");
const first = new Set(chunks.filter((chunk) => page.includes(chunk.file)).flatMap((chunk) => [...whole(chunk.file)]));
const lazy = chunks
  .filter((chunk) => !first.has(chunk.file))
  .map((chunk) => ({ name: chunk.file, bytes: sum([chunk.file, ...chunk.css.filter((style) => !first.has(style))]) }))
  .sort((a, b) => b.bytes - a.bytes);
const everything = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile())
  .map((file) => relative(root, join(file.parentPath, file.name)))
  .filter((file) => !/^icons\/|\.(br|gz)$/.test(file));

const rows = [
  ["first view, JS and CSS", sum(first), limits.firstView],
  ...lazy.map(({ name, bytes }) => [`lazy ${name}`, bytes, limits.lazyRoute]),
  ["worker", size("sw.js"), limits.worker],
  ["everything an asker's phone keeps", sum(everything.filter((file) => !isApart(file))), limits.everything],
  ...APART.map(({ row, test, limit }) => [row, sum(everything.filter((file) => test.test(file))), limit]),
  ["runtime dependencies", Object.keys(manifest.dependencies).length, limits.runtimeDependencies],
];
const over = rows.filter(([, is, limit]) => is > limit);
for (const [name, is, limit] of rows) {
  console.log(`${is > limit ? "OVER" : "  ok"}  ${String(is).padStart(6)} of ${String(limit).padStart(6)}  ${name}`);
}
console.log(over.length ? `${over.length} over the budget.` : "Within the budget.");
process.exit(over.length ? 1 : 0);
