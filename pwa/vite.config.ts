import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { serviceWorker } from "./build/sw-plugin.mjs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * What travels together. Without this every module shared by two pages becomes a file of its own, and a
 * first visit would ask for a dozen.
 */
const pieces = [
  {
    name: "app",
    test: /preload-helper|node_modules\/(preact|@preact)|src\/(app\/(main|shell|page|routes|leave|mark|words)\.|lib\/((http|store|copies|router|words|settings|tick|tokens|base)\.|ui\/(button|title)\.)|programme\/(calls|here)\.)/,
    priority: 9,
  },
  { name: "reading", test: /src\/(lib|journal)\/|programme\/style\.css/, priority: 8 },
  { name: "room", test: /src\/(live|questions|safety|threads)\/.*\.css/, priority: 7 },
  { name: "late", test: /src\/app\/(late|late-words|install|shift|update)\./, priority: 6 },
  { name: "phrases", test: /phrases\.\w+\.json|safety\/phrases/, priority: 5 },
  { name: "about", test: /src\/app\/(hidden|lost|privacy|settings|about)-/, priority: 5 },
  { name: "follow", test: /src\/(live\/(follow|events-of|day)|lib\/stream)\./, priority: 9 },
  {
    name: "asked",
    test: /src\/(questions|safety|threads)\/(sent|mine-acts|news|own|own-parts|own-words|open-by-words|opening|outbox|similar-list|voting|reacting)\./,
    priority: 5,
  },
  { name: "programme", test: /src\/programme\/(?!everything)/, priority: 3, minShareCount: 2 },
  // What sends words and keeps receipts is wanted later than what shows them.
  {
    name: "receipts",
    test: /src\/safety\/(bytes|calls|hpke|notes|outbox|profile|proof|x25519)\./,
    priority: 3,
    minShareCount: 2,
  },
  { name: "safety", test: /src\/safety\//, priority: 2, minShareCount: 2 },
  { name: "setup", test: /src\/desk\/(settings-words|settling|form-foot|day)\./, priority: 2, minShareCount: 2 },
  { name: "desk", test: /src\/desk\//, priority: 1, minShareCount: 2 },
  { name: "questions", test: /src\/questions\//, priority: 1, minShareCount: 2 },
];

/** The desk's pieces lie apart: the worker keeps them off the phones of everybody else. */
function nameOf(piece: { moduleIds: string[] }): string {
  const ofDesk = piece.moduleIds.length > 0 && piece.moduleIds.every((id) => /src\/(desk\/|app\/desk-pages)/.test(id));
  return ofDesk ? "assets/desk/[name]-[hash].js" : "assets/[name]-[hash].js";
}

function styleNameOf(asset: { names: string[] }): string {
  return asset.names.includes("desk.css") ? "assets/desk/[name]-[hash][extname]" : "assets/[name]-[hash][extname]";
}

export default defineConfig({
  resolve: { alias: { "@src": here("./src") } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    outDir: here("../api/equalterms/webroot"),
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    // Every browser this build speaks to knows <link rel=modulepreload>.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        chunkFileNames: nameOf,
        assetFileNames: styleNameOf,
        codeSplitting: { groups: pieces, includeDependenciesRecursively: false },
      },
    },
  },
  plugins: [serviceWorker({ entry: here("./src/sw/index.ts"), chunks: here("./node_modules/.chunks.json") })],
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
