/**
 * What one sweep of each kernel costs on a tile of 2^14 numbers, in nanoseconds of CPU time per
 * vector of the state: the figures from which plans are compared (src/kernels/state-vector/plan/
 * sweeps.ts), and how much slower plain TypeScript is: `npx node bench/state-vector-kernels.ts`.
 */
import type { Build, Precision } from "#kernels";
import { kernelBinary, TILE_BITS_MAX } from "../src/kernels/state-vector/kernels/module.ts";
import { referenceKernels } from "../src/kernels/state-vector/kernels/reference.ts";

const TILE_BITS = 14;
const REPEATS = 2000;
const ROUNDS = 7;
/** Addresses: two tiles, tables, row places, sign functions, and a state to gather from. */
const [TABLE, OFFSETS, SIGNS, TILE_RE, TILE_IM, STATE] = [
  64, 0x8000, 0x10000, 0x40400, 0x80800, 0x400000,
];

for (const precision of ["f32", "f64"] as const) {
  for (const build of ["plain", "relaxed"] as const) {
    measure(precision, build, (line) => void process.stdout.write(`${line}\n`));
  }
}

function measure(precision: Precision, build: Build, say: (line: string) => void): void {
  const memory = new WebAssembly.Memory({ initial: 256, maximum: 65_536, shared: true });
  const module = new WebAssembly.Module(kernelBinary(precision, build));
  const { exports } = new WebAssembly.Instance(module, { state: { memory } });
  const slow = referenceKernels(memory.buffer, precision, TILE_BITS_MAX);
  const bytes = precision === "f32" ? 4 : 8;
  const tileBytes = 2 ** TILE_BITS * bytes;
  new Int32Array(memory.buffer, SIGNS, 2 ** TILE_BITS).fill(SIGNS + 2 ** 17);
  new Int32Array(memory.buffer, OFFSETS, 64).forEach((_, row, view) => {
    view[row] = row * 2 ** 16;
  });
  const rotation = [TILE_RE, TILE_RE + tileBytes, TABLE];
  const diagonal = [
    TILE_RE,
    TILE_IM,
    TABLE,
    TABLE,
    TABLE + (tileBytes / 256) * bytes,
    TABLE,
    SIGNS,
  ];
  const copy = [STATE, OFFSETS, OFFSETS + 256, tileBytes / 64, TILE_RE];
  const rows: readonly (readonly [string, readonly number[], number])[] = [
    ["evenLow", rotation, 1],
    ["skewLow", rotation, 1],
    ...[1, 2, 3].map((count) => [`even${count}At8`, rotation, 1] as const),
    ...[1, 2, 3].map((count) => [`skew${count}At8`, rotation, 1] as const),
    ["multiplyDiagonal", diagonal, 2],
    ["fillDiagonal", diagonal, 2],
    ["gather", copy, 1],
    ["scatter", copy, 1],
  ];
  say(`${precision} ${build}: nanoseconds per vector, and plain TypeScript's multiple`);
  for (const [name, values, arrays] of rows) {
    const vectors = (tileBytes / 16) * arrays;
    const fast = nanoseconds(() => exports[name](...values), REPEATS) / vectors;
    const reference = nanoseconds(() => slow[name](...values), 10) / vectors;
    say(`  ${name.padEnd(20)} ${fast.toFixed(3)} ${(reference / fast).toFixed(0)}x`);
  }
}

/** Median over rounds of the mean of `repeats` calls. */
function nanoseconds(action: () => void, repeats: number): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    for (let repeat = 0; repeat < repeats; repeat += 1) action();
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / repeats;
  });
  return times.sort((a, b) => a - b)[ROUNDS >> 1];
}
