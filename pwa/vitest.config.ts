import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { slimPhrases } from "./build/phrases-plugin.mjs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: { "@src": here("./src") },
    // The tests lie outside this folder, so their packages are looked up from here.
    dedupe: ["preact", "@preact/signals", "@preact/signals-core", "fake-indexeddb"],
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // What the build tells the worker.
  define: { FILES: '["/assets/places/new.js", "/assets/boards/new.js"]', BUILD: '"now"' },
  // As the build packs it, with its names.
  plugins: [slimPhrases({ names: true })],
  server: { fs: { allow: [here("..")] } },
  test: {
    dir: here("../tests/pwa"),
    include: ["**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    setupFiles: [here("../tests/pwa/setup.ts")],
    restoreMocks: true,
    // Generous: what is waited for comes in milliseconds, but not on a machine that does five other things.
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
