import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { serviceWorker } from "./build/sw-plugin.mjs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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
  },
  plugins: [serviceWorker({ entry: here("./src/sw/index.ts"), chunks: here("./node_modules/.chunks.json") })],
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
