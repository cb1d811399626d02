/**
 * A small QR encoder (ISO/IEC 18004): bytes, error correction M, versions 1 to 10. It draws receipts on the
 * phone, so that no server ever sees one.
 */

/** Per version: error correction bytes a block, then how many data bytes each block has. */
const BLOCKS: readonly (readonly [number, readonly number[]])[] = [
  [10, [16]],
  [16, [28]],
  [26, [44]],
  [18, [32, 32]],
  [24, [43, 43]],
  [16, [27, 27, 27, 27]],
  [18, [31, 31, 31, 31]],
  [22, [38, 38, 39, 39]],
  [22, [36, 36, 36, 37, 37]],
  [26, [43, 43, 43, 43, 44]],
];

const ALIGNMENT: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Rows of modules, true for dark. */
export type Modules = boolean[][];

/** The symbol for an ASCII text of at most 213 characters; RangeError beyond. `mask` is chosen well if absent. */
export function encode(text: string, mask?: number): Modules {
  const bytes = [...new TextEncoder().encode(text)];
  const version = BLOCKS.findIndex(([, blocks], at) => bytes.length <= sum(blocks) - (at < 9 ? 2 : 3)) + 1;
  if (version === 0) throw new RangeError("too long for a symbol");
  const bits = withCorrection(codewords(bytes, version), version).flatMap((byte) => bitsOf(byte, 8));
  if (mask !== undefined) return draw(bits, version, mask);
  const drawn = MASKS.map((_, at) => draw(bits, version, at));
  return drawn.reduce((best, other) => (penalty(other) < penalty(best) ? other : best));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const bitsOf = (value: number, size: number) => Array.from({ length: size }, (_, at) => (value >> (size - 1 - at)) & 1);

/** Mode, length, text, end, padding: as many bytes as the version holds. */
function codewords(bytes: readonly number[], version: number): number[] {
  const room = sum(BLOCKS[version - 1]?.[1] ?? []);
  const bits = [
    ...bitsOf(4, 4),
    ...bitsOf(bytes.length, version < 10 ? 8 : 16),
    ...bytes.flatMap((byte) => bitsOf(byte, 8)),
    0,
    0,
    0,
    0,
  ];
  const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    parseInt(bits.slice(at * 8, at * 8 + 8).join(""), 2),
  );
  for (let at = 0; words.length < room; at++) words.push(at % 2 ? 0x11 : 0xec);
  return words;
}

/** Splits into blocks, adds Reed-Solomon bytes, and interleaves. */
function withCorrection(words: readonly number[], version: number): number[] {
  const [size, sizes] = BLOCKS[version - 1] ?? [0, []];
  let from = 0;
  const blocks = sizes.map((length) => words.slice(from, (from += length)));
  const extra = blocks.map((block) => remainder(block, generator(size)));
  return [...interleave(blocks), ...interleave(extra)];
}

function interleave(blocks: readonly (readonly number[])[]): number[] {
  const longest = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: longest }, (_, at) => blocks.flatMap((block) => block.slice(at, at + 1))).flat();
}

/** Product in the field of 256 elements with polynomial 0x11d. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> bit) & 1) * a);
  return product;
}

function generator(degree: number): number[] {
  let [polynomial, root]: [number[], number] = [[1], 1];
  for (let step = 0; step < degree; step++, root = times(root, 2)) {
    polynomial = [...polynomial, 0].map((term, at) => term ^ times(polynomial[at - 1] ?? 0, root));
  }
  return polynomial.slice(1);
}

function remainder(block: readonly number[], divisor: readonly number[]): number[] {
  return block.reduce<number[]>(
    (rest, byte) => {
      const factor = byte ^ (rest[0] ?? 0);
      return divisor.map((term, at) => (rest[at + 1] ?? 0) ^ times(term, factor));
    },
    divisor.map(() => 0),
  );
}

function draw(bits: readonly number[], version: number, mask: number): Modules {
  const size = version * 4 + 17;
  const fixed: (boolean | undefined)[][] = Array.from({ length: size }, () =>
    Array<boolean | undefined>(size).fill(undefined),
  );
  const set = (x: number, y: number, dark: boolean) => {
    const row = fixed[y];
    if (row && x >= 0 && x < size) row[x] = dark;
  };
  drawPatterns(set, size, version);
  drawFormat(set, size, mask);
  if (version >= 7) drawVersion(set, size, version);
  return fill(fixed, bits, mask);
}

type Put = (x: number, y: number, dark: boolean) => void;

function drawPatterns(set: Put, size: number, version: number): void {
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    rings(set, x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const places = ALIGNMENT[version - 1] ?? [];
  const last = places.length - 1;
  places.forEach((x, column) =>
    places.forEach((y, row) => {
      const corner = (column === 0 && row === 0) || (column === 0 && row === last) || (column === last && row === 0);
      if (!corner) rings(set, x, y, 2, (ring) => ring !== 1);
    }),
  );
}

function rings(set: Put, x: number, y: number, reach: number, dark: (ring: number) => boolean): void {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
  }
}

/** Bits of a value followed by their BCH remainder. */
function bch(value: number, polynomial: number, degree: number): number {
  let rest = value << degree;
  for (let bit = 31 - Math.clz32(rest); bit >= degree; bit = 31 - Math.clz32(rest))
    rest ^= polynomial << (bit - degree);
  return (value << degree) | rest;
}

/** Level M is written 00, so the format is the mask alone. */
function drawFormat(set: Put, size: number, mask: number): void {
  const format = bch(mask, 0x537, 10) ^ 0x5412;
  for (let at = 0; at < 15; at++) {
    const dark = ((format >> at) & 1) === 1;
    set(8, at < 6 ? at : at < 8 ? at + 1 : size - 15 + at, dark);
    set(at < 8 ? size - 1 - at : at === 8 ? 7 : 14 - at, 8, dark);
  }
  set(8, size - 8, true);
}

function drawVersion(set: Put, size: number, version: number): void {
  const bits = bch(version, 0x1f25, 12);
  for (let at = 0; at < 18; at++) {
    const [long, short, dark] = [size - 11 + (at % 3), Math.floor(at / 3), ((bits >> at) & 1) === 1];
    set(long, short, dark);
    set(short, long, dark);
  }
}

/** Data from the lower right corner upwards in columns of two, masked; what is fixed is skipped. */
function fill(fixed: readonly (readonly (boolean | undefined)[])[], bits: readonly number[], mask: number): Modules {
  const size = fixed.length;
  const drawn = fixed.map((row) => row.map((dark) => dark ?? false));
  let next = 0;
  for (let pair = 0; pair < (size - 1) / 2; pair++) {
    const right = size - 1 - pair * 2 - (size - 1 - pair * 2 <= 6 ? 1 : 0);
    for (let step = 0; step < size; step++) {
      const y = pair % 2 === 0 ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y]?.[x] !== undefined) continue;
        const row = drawn[y];
        if (row) row[x] = ((bits[next++] ?? 0) === 1) !== (MASKS[mask]?.(x, y) ?? false);
      }
    }
  }
  return drawn;
}

/** The standard's measure of what is hard to read: long runs, blocks, uneven dark and light. */
function penalty(symbol: Modules): number {
  const size = symbol.length;
  const columns = symbol.map((_, x) => symbol.map((row) => row[x] ?? false));
  const runs = [...symbol, ...columns].flatMap(
    (line) =>
      line
        .map(Number)
        .join("")
        .match(/0{5,}|1{5,}/g) ?? [],
  );
  const finders = [...symbol, ...columns].flatMap(
    (line) =>
      line
        .map(Number)
        .join("")
        .match(/(?=00001011101|10111010000)/g) ?? [],
  );
  const blocks = symbol.flatMap((row, y) =>
    row.filter(
      (dark, x) =>
        x > 0 && y > 0 && dark === row[x - 1] && dark === symbol[y - 1]?.[x] && dark === symbol[y - 1]?.[x - 1],
    ),
  );
  const dark = symbol.flat().filter(Boolean).length / size ** 2;
  return (
    sum(runs.map((run) => run.length - 2)) +
    finders.length * 40 +
    blocks.length * 3 +
    Math.floor(Math.abs(dark - 0.5) * 20) * 10
  );
}

/** A symbol as the path of an SVG: one dark stroke of squares a row. */
export function pathOf(text: string): { size: number; drawn: string } {
  const modules = encode(text);
  const rows = modules.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join(""));
  return { size: modules.length, drawn: rows.join("") };
}
