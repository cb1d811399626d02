/** What the bundler writes into every piece though the pieces of this app do not need it: a tenth of all there is to load. */
const RUNTIME = /rolldown-runtime/;
const FIRST = /assets\/app-/;
const DESK = /^assets\/desk\//;
const IMPORTED = /import \{ \w+ as __exportAll \} from "[./]+rolldown-runtime[^"]*";/;
const CARRIED = `const __exportAll = (all) => {
  const named = {};
  for (const name in all) Object.defineProperty(named, name, { get: all[name], enumerable: true });
  return named;
};`;

/** The styles of each piece by its file, once the bundle is made. */
export const stylesOf = new Map();

/**
 * The bundler's one function lies in a file of its own, a request for a hundred bytes: here every piece that needs it
 * carries it. And styles are named only where a page is opened (`neededToo`), not in every piece that loads another.
 */
export function lightPieces() {
  return {
    name: "equalterms-pieces",
    apply: "build",
    enforce: "pre",
    renderChunk(code, chunk) {
      if (!chunk.imports.some((one) => RUNTIME.test(one))) return null;
      const inside = code.replace(IMPORTED, CARRIED);
      // A newer bundler may write it in another way: then this file is to be looked at.
      if (RUNTIME.test(inside)) this.error(`the bundler's own file is still wanted by ${chunk.fileName}`);
      return { code: inside, map: null };
    },
    generateBundle: {
      order: "pre",
      handler(_options, bundle) {
        for (const [name, part] of Object.entries(bundle)) {
          if (RUNTIME.test(name)) delete bundle[name];
          if (part.type !== "chunk" || FIRST.test(name) || DESK.test(name)) continue;
          stylesOf.set(name, [...(part.viteMetadata?.importedCss ?? [])]);
          part.viteMetadata?.importedCss.clear();
        }
      },
    },
  };
}

/** Brings along what elements are made with; a worker draws none. */
export function elementsByName() {
  return {
    name: "equalterms-elements",
    enforce: "pre",
    transform(code, id) {
      return /\.tsx$/.test(id) ? { code: `import { Fragment, h } from "preact";${code}`, map: null } : null;
    },
  };
}

/** The first view's styles stand in the page itself. Run when the page has been written. */
export function firstStyles() {
  return {
    name: "equalterms-first-styles",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type !== "chunk" || !FIRST.test(name)) continue;
        stylesOf.set(name, [...(part.viteMetadata?.importedCss ?? [])]);
        part.viteMetadata?.importedCss.clear();
      }
    },
  };
}

/** What is loaded along with a piece: named by what opens pages, as all else is loaded from a page that is open. */
export function neededToo(_file, needed, { hostId }) {
  if (!FIRST.test(hostId) && !DESK.test(hostId)) return [];
  const pieces = needed.filter((one) => !RUNTIME.test(one) && !FIRST.test(one));
  return [...pieces, ...pieces.flatMap((one) => stylesOf.get(one) ?? [])];
}
