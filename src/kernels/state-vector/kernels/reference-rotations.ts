/**
 * Rotations and copies in plain TypeScript: the part of the reference kernels that moves between
 * state and tile and rotates, on the way or in place.
 */
import type { Kernels } from "../engine/tile-runner.ts";
import { SWEEP_BITS } from "../plan/sweeps.ts";
import type { Numbers } from "./reference-memory.ts";

const VECTOR_BYTES = 16;

/** Rotations of a tile's bits below `tileBits`. */
export function rotations(memory: Numbers, tileBits: number): Kernels {
  const laneBits = Math.log2(memory.lanes);
  const lowCount = laneBits + SWEEP_BITS;
  const kernels: Record<string, Kernels[string]> = {};
  for (const form of ["even", "skew"]) {
    kernels[`${form}Low`] = (from, to, coefficients) => {
      for (let bit = 0; bit < laneBits; bit += 1) {
        const at = (coefficients + bit * VECTOR_BYTES) / memory.bytes;
        rotate(memory, { from, to, bit, minus: -memory.at[at], plus: memory.at[at + 2 ** bit] });
      }
      const rest = coefficients + laneBits * VECTOR_BYTES;
      rotateRun(memory, form, { from, to, first: laneBits, count: SWEEP_BITS, rest });
    };
    for (let first = lowCount; first < tileBits; first += 1) {
      for (let count = 1; count <= SWEEP_BITS && first + count <= tileBits; count += 1) {
        kernels[`${form}${count}At${first}`] = (from, to, rest) => {
          rotateRun(memory, form, { from, to, first, count, rest });
        };
      }
    }
  }
  return kernels;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly count: number;
  readonly rest: number;
}

function rotateRun(memory: Numbers, form: string, { from, to, first, count, rest }: Run): void {
  for (let index = 0; index < count; index += 1) {
    const at = rest / memory.bytes + 2 * index;
    const plus = form === "skew" ? 1 : memory.at[at + 1];
    rotate(memory, { from, to, bit: first + index, minus: memory.at[at], plus });
  }
}

interface Turn {
  readonly from: number;
  readonly to: number;
  readonly bit: number;
  readonly minus: number;
  readonly plus: number;
}

function rotate({ at, bytes, round }: Numbers, { from, to, bit, minus, plus }: Turn): void {
  const [start, count, stride] = [from / bytes, (to - from) / bytes, 2 ** bit];
  for (let index = 0; index < count; index += 1) {
    if ((index & stride) !== 0) continue;
    const [x, y] = [at[start + index], at[start + index + stride]];
    at[start + index] = x - round(minus * y);
    at[start + index + stride] = y + round(plus * x);
  }
}

/** Rotations of row bits on the way. */
export function rowRotations(memory: Numbers): Kernels {
  const { at, bytes } = memory;
  const { gather, scatter } = copies(memory);
  const kernels: Record<string, Kernels[string]> = {};
  for (const form of ["Even", "Skew"]) {
    for (let count = 1; count <= SWEEP_BITS; count += 1) {
      const turn = (size: number, rowBytes: number, tile: number, step: number, rest: number) => {
        const first = Math.log2((rowBytes / bytes) * (step / 4));
        rotateRun(memory, form.toLowerCase(), { from: tile, to: tile + size, first, count, rest });
      };
      kernels[`gather${form}${count}`] = (
        base,
        offsets,
        offsetsEnd,
        rowBytes,
        tile,
        step,
        rest,
      ) => {
        const size = ((offsetsEnd - offsets) / 4) * rowBytes;
        gather(base, offsets, offsetsEnd, rowBytes, tile);
        turn(size, rowBytes, tile, step, rest);
      };
      kernels[`scatter${form}${count}`] = (
        base,
        offsets,
        offsetsEnd,
        rowBytes,
        tile,
        step,
        rest,
      ) => {
        const size = ((offsetsEnd - offsets) / 4) * rowBytes;
        const before = at.slice(tile / bytes, (tile + size) / bytes);
        turn(size, rowBytes, tile, step, rest);
        scatter(base, offsets, offsetsEnd, rowBytes, tile);
        at.set(before, tile / bytes);
      };
    }
  }
  return kernels;
}

/** Copies of rows. */
export function copies({ at, words, bytes }: Numbers): Kernels {
  const over =
    (toTile: boolean): Kernels[string] =>
    (base, offsets, offsetsEnd, rowBytes, tile) => {
      const width = rowBytes / bytes;
      for (let row = 0; row < (offsetsEnd - offsets) / 4; row += 1) {
        const [inState, inTile] = [
          (base + words[offsets / 4 + row]) / bytes,
          tile / bytes + row * width,
        ];
        const [from, to] = toTile ? [inState, inTile] : [inTile, inState];
        at.copyWithin(to, from, from + width);
      }
    };
  return { gather: over(true), scatter: over(false) };
}
