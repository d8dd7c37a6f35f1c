/**
 * The kernels once more, in plain TypeScript: same names, same signatures, same bits. Slow and
 * obvious; tests hold the generated code to it.
 */
import { VECTOR_BYTES } from "../assembly/simd.ts";
import { FACTORS_ADDRESS } from "./fill-table.ts";
import type { Width } from "./integer-lanes.ts";
import { integersIn } from "./integers.ts";
import type { SpinKernels } from "./spin-kernels.ts";
import {
  BLOCK_BYTES,
  type CouplingKind,
  NEIGHBOUR_BYTES,
  RANDOM_ADDRESS,
  ROW_BYTES,
  VISITS_ADDRESS,
} from "./sweep.ts";

/** The kernels at work on `buffer`. */
export function plainSpinKernels(
  buffer: ArrayBufferLike,
  kind: CouplingKind,
  width: Width,
): SpinKernels {
  const bytes = width / 8;
  const numbers = integersIn(buffer, width, 0, buffer.byteLength / bytes);
  const words = new Int32Array(buffer);
  const floats = new Float32Array(buffer);
  const lanes = VECTOR_BYTES / bytes;
  /** Flips one lane of a spin; what its neighbours feel of it. */
  const flip = (spin: number, row: number, lane: number) => {
    const step = 2 * (numbers[spin / bytes + lane] | 1);
    numbers[spin / bytes + lane] ^= -1;
    for (let entry = words[row / 4]; entry < endOf(row); entry += NEIGHBOUR_BYTES[kind]) {
      numbers[words[entry / 4] / bytes + lane] -= step * couplingAt(entry, row);
    }
  };
  const endOf = (row: number) => words[row / 4 + (kind === "unit" ? 2 : 1)];
  const couplingAt = (entry: number, row: number) => {
    if (kind === "weighted") return words[entry / 4 + 1];
    return entry < words[row / 4 + 1] ? 1 : -1;
  };
  const visit = (spin: number, toFields: number, row: number, cut: number): boolean => {
    let isFlipped = false;
    for (let lane = 0; lane < lanes; lane += 1) {
      const sign = numbers[spin / bytes + lane] | 1;
      const aligned = sign * numbers[(spin + toFields) / bytes + lane];
      const threshold = integerAt(buffer, cut + lane * bytes, width);
      if (aligned < threshold) continue;
      isFlipped = true;
      flip(spin, row, lane);
    }
    return isFlipped;
  };
  const sweep: SpinKernels[string] = (spins, end, toFields, rows, table, mask, sweeps) => {
    let visits = 0;
    for (let count = 0; count < sweeps; count += 1) {
      let cut = 0;
      for (let spin = spins; spin < end; spin += VECTOR_BYTES) {
        if (spin % BLOCK_BYTES === 0) cut = table + (nextRandom(words) & mask);
        const row = rows + ((spin - spins) / VECTOR_BYTES) * ROW_BYTES[kind];
        visits += Number(visit(spin, toFields, row, cut));
        cut += VECTOR_BYTES;
      }
    }
    words[VISITS_ADDRESS / 4] = visits;
  };
  const fillTable: SpinKernels[string] = (table, end, logarithms) => {
    const least = -1 << (width - 1);
    for (let index = 0; index < (end - table) / bytes; index += 1) {
      const factor = floats[FACTORS_ADDRESS / 4 + (index % lanes)];
      const product = Math.trunc(Math.fround(floats[logarithms / 4 + index] * factor));
      numbers[table / bytes + index] = Math.min(~least, Math.max(least, product));
    }
  };
  const permuteLanes: SpinKernels[string] = (from, end, pattern) => {
    const all = new Uint8Array(buffer);
    const order = all.slice(pattern, pattern + VECTOR_BYTES);
    for (let at = from; at < end; at += VECTOR_BYTES) {
      const held = all.slice(at, at + VECTOR_BYTES);
      for (let byte = 0; byte < VECTOR_BYTES; byte += 1) all[at + byte] = held[order[byte]];
    }
  };
  return { [kind === "unit" ? "sweepUnit" : "sweepWeighted"]: sweep, fillTable, permuteLanes };
}

/** Thresholds are read at any address. */
function integerAt(buffer: ArrayBufferLike, address: number, width: Width): number {
  const view = new DataView(buffer);
  if (width === 8) return view.getInt8(address);
  return width === 16 ? view.getInt16(address, true) : view.getInt32(address, true);
}

function nextRandom(words: Int32Array): number {
  let random = words[RANDOM_ADDRESS / 4];
  random ^= random << 13;
  random ^= random >>> 17;
  random ^= random << 5;
  words[RANDOM_ADDRESS / 4] = random;
  return random;
}
