import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "vite";
import { stylesOf } from "./pieces-plugin.mjs";

/** Files the worker never keeps: itself, and the pictures only an install reads. */
const LEFT_OUT = /^(sw\.js|icons\/.*\.png|icons\/mono\.svg|robots\.txt)$/;

/** Address and content hash of every file the worker may keep, hashed assets included, in a stable order. */
export function shellFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => !LEFT_OUT.test(name) && !/\.(br|gz)$/.test(name))
    .sort()
    .map((name) => [`/${name}`, hash(readFileSync(join(folder, name)))]);
}

function hash(bytes) {
  return createHash("sha256").update(bytes).digest("base64url").slice(0, 8);
}

/** What each chunk imports, for the budget script: only the bundler knows it. */
function chunkMap(bundle) {
  return Object.values(bundle)
    .filter((part) => part.type === "chunk")
    .map((part) => ({
      file: part.fileName,
      imports: part.imports,
      css: [...(part.viteMetadata?.importedCss ?? []), ...(stylesOf.get(part.fileName) ?? [])],
    }));
}

/**
 * Builds the service worker after the app, with the list of files it keeps.
 * The build's name is the hash of that list: same files, same worker.
 */
export function serviceWorker({ entry, chunks }) {
  let outDir = "";
  return {
    name: "equalterms-service-worker",
    apply: "build",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    writeBundle(_options, bundle) {
      writeFileSync(chunks, JSON.stringify(chunkMap(bundle), null, 1));
    },
    async closeBundle() {
      const files = shellFiles(outDir);
      await build({
        configFile: false,
        publicDir: false,
        logLevel: "warn",
        define: {
          FILES: JSON.stringify(files.map(([address]) => address)),
          BUILD: JSON.stringify(hash(JSON.stringify(files))),
        },
        build: {
          target: "es2022",
          outDir,
          emptyOutDir: false,
          copyPublicDir: false,
          reportCompressedSize: false,
          modulePreload: { polyfill: false },
          rolldownOptions: {
            input: entry,
            output: { format: "iife", entryFileNames: "sw.js" },
          },
        },
      });
    },
  };
}
