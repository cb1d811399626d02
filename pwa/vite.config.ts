import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { slimPhrases } from "./build/phrases-plugin.mjs";
import { elementsByName, firstStyles, lightPieces, neededToo } from "./build/pieces-plugin.mjs";
import { serviceWorker } from "./build/sw-plugin.mjs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * What travels together: the first that fits has the module. Every piece costs a request and starts its compression
 * anew, so there are few of them, each wanted as a whole by somebody and small enough for a slow network.
 */
const PIECES: [name: string, test: RegExp][] = [
  [
    "app",
    /preload-helper|node_modules\/(preact|@preact)|src\/(app\/(main|shell|page|routes|leave|mark|words)\.|lib\/((http|store|copies|router|words|settings|tick|tokens|base)\.|ui\/(button|title)\.)|programme\/(calls|here)\.)/,
  ],
  // Kept only by the phones that use it.
  ["places", /src\/(bookings\/|live\/place)/],
  // Kept by the phones that use it: none of it is of use before something came over the network.
  ["online", /src\/(safety\/(receipt-page|opening|opening-words|open-by-words|show-lead|show-lead-words)|live\/tally(-words)?)\./],
  ["reading", /src\/(lib\/(?!stream)|journal\/|safety\/(workers|prover)\b)|programme\/style\.css/],
  // With the first page comes what the app starts once it is drawn.
  [
    "home",
    /src\/(programme\/(home|events-page|day-page|help-page|browse|filters|face|programme-page|surgeons-page|surgeon-page|everything)|app\/(late|late-words|install|shift|update)|safety\/wake)\./,
  ],
  // What follows a topic is wanted by every page of a day, as its words are.
  ["day", /src\/(programme\/|live\/(follow|events-of|day)\.|lib\/stream)/],
  ["phrases", /phrases\.\w+\.json|safety\/phrases/],
  ["wordlist", /src\/safety\/(wordlist|words)\./],
  ["receipt", /src\/safety\/(qr|receipt-card)\./],
  ["asking", /src\/(questions\/(ask-|composer|similar)|safety\/(before-sending|edit-form|identify|trace-notice)\.)/],
  ["own", /src\/(questions\/(mine-|sent)|app\/(?!desk-pages))/],
  [
    "sending",
    /src\/((questions|safety)\/(outbox|news|voting|reporting|report-form)|threads\/(own-parts|own-words|outbox|reacting|reply-box))\./,
  ],
  ["secrets", /src\/safety\/(bytes|calls|hpke|notes|profile|proof|solve|tags|workers|x25519|x25519-plain)\./],
  ["safety", /src\/(safety\/|questions\/(calls|draft|state-words)\.|(live|questions|threads)\/.*\.css)/],
  ["thread", /src\/threads\/(?!talk)/],
  ["room", /src\/(live|questions|threads)\//],
  // With the desk in it, which a wall does not need.
  ["board", /src\/boards\/queue/],
  ["boards", /src\/boards\//],
];
/** The desk's: its words pack well together, and so does what is drawn with them. */
const DESK: [name: string, test: RegExp][] = [
  ["said", /src\/desk\/((reviews|answers|acts|kind)-words|words|kindness-page|draft)\./],
  ["bench", /src\/desk\/(reviews|reviews-page|reviews-state|bench|care|review-item|queue|undoing)\./],
  ["pace", /src\/desk\/(flow|on-the-wall)\./],
  [
    "forms",
    /src\/desk\/((decision|merge|similar|answer|change|words)-form|answer-card|answers|answers-page|speak)\./,
  ],
  ["found", /src\/desk\/(zone|moment|organising\/(founding|found-calls))\./],
  ["setup", /src\/desk\/(settings-words|settling|form-foot|day|when|help-lines|people-page)\./],
  ["people", /src\/desk\/people\//],
  ["mine", /src\/desk\/(profile|photo|photo-words)\./],
  ["rest", /src\/desk\/(sessions|session-form|lines|closing|invite-\w+|acts|acts-page)\./],
  ["plan", /src\/desk\/organising\/(clashes|open-space|rooms|plan-\w+)\./],
  ["grid", /src\/desk\/organising\/grid\//],
  ["more", /src\/desk\/organising\//],
  ["front", /src\/desk\/(desk-page|home-words|sure|own-account|own-calls)\./],
  ["signing", /src\/desk\/(sign-in|sign-in-page|token-calls|tokens|account)\./],
  ["table", /src\/desk\/table\//],
  // What waits is sent without the page of the door.
  ["sent", /src\/desk\/door\/(calls|kept|sending)\./],
  ["door", /src\/desk\/door\//],
  ["desk", /src\/(desk\/|app\/desk-pages)/],
];
const pieces = [
  ...PIECES.map(([name, test], at) => ({ name, test, priority: 9 + PIECES.length - at })),
  ...DESK.map(([name, test], at) => ({ name, test, priority: DESK.length - at })),
];

/** What lies apart, and is kept off the phones of those who do not use it. */
const APART: [folder: string, test: RegExp][] = [
  ["desk/", /src\/(desk\/|app\/desk-pages)/],
  ["places/", /src\/(bookings\/|live\/place)/],
  ["online/", /src\/(safety\/(receipt-page|opening|opening-words|open-by-words|show-lead|show-lead-words)|live\/tally(-words)?)\./],
  ["boards/", /src\/boards\//],
];

function nameOf({ moduleIds }: { moduleIds: string[] }): string {
  const apart = APART.find(([, test]) => moduleIds.length > 0 && moduleIds.every((id) => test.test(id)));
  return `assets/${apart?.[0] ?? ""}[name]-[hash:7].js`;
}

function styleNameOf({ names }: { names: string[] }): string {
  const apart = APART.find(([folder]) => names.includes(folder.replace("/", ".css")));
  const folder = DESK.some(([name]) => names.includes(`${name}.css`)) ? "desk/" : apart?.[0];
  return `assets/${folder ?? ""}[name]-[hash:7][extname]`;
}

export default defineConfig({
  resolve: { alias: { "@src": here("./src") } },
  // Children as arguments, not as a property of their own: shorter.
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
  build: {
    target: "es2022",
    outDir: here("../api/equalterms/webroot"),
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    // Every browser this build speaks to knows <link rel=modulepreload>.
    modulePreload: { polyfill: false, resolveDependencies: neededToo },
    reportCompressedSize: false,
    // One part in a hundred less than the bundler's own, which is what a feature costs here.
    minify: "terser",
    terserOptions: {
      ecma: 2022,
      module: true,
      compress: { passes: 5, unsafe: true, unsafe_arrows: true, unsafe_methods: true },
      format: { comments: false },
    },
    rolldownOptions: {
      output: {
        chunkFileNames: nameOf,
        assetFileNames: styleNameOf,
        codeSplitting: { groups: pieces, includeDependenciesRecursively: false },
      },
    },
  },
  plugins: [
    slimPhrases(),
    elementsByName(),
    lightPieces(),
    firstStyles(),
    serviceWorker({ entry: here("./src/sw/index.ts"), chunks: here("./node_modules/.chunks.json") }),
  ],
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
