/**
 * Rotations grouped into sweeps, and what a sweep costs. A sweep loads and stores every number of a
 * tile once and rotates up to three neighbouring bits between; the lowest bits, which lie inside a
 * vector, go together with the three above them.
 */

/** Bits rotated in registers between a load and a store. */
export const SWEEP_BITS = 3;

/**
 * Some neighbouring local bits: `count` from `first` on. `first` is 0 only for the lowest group.
 */
export interface SweepRange {
  readonly first: number;
  readonly count: number;
}

/** Covers the local bits of `active` with sweeps; `lowCount`: size of the lowest group. */
export function sweepRanges(active: number, lowCount: number): readonly SweepRange[] {
  const ranges: SweepRange[] = [];
  if ((active & (2 ** lowCount - 1)) !== 0) ranges.push({ first: 0, count: lowCount });
  let rest = active >> lowCount;
  for (let first = lowCount; rest !== 0; ) {
    const skipped = 31 - Math.clz32(rest & -rest);
    first += skipped;
    rest >>= skipped;
    const group = rest & (2 ** SWEEP_BITS - 1);
    const count = 32 - Math.clz32(group);
    ranges.push({ first, count });
    first += count;
    rest >>= count;
  }
  return ranges;
}

/**
 * Time per vector of the state in nanoseconds, for comparing plans: measured on tiles of 2^14
 * numbers by `npx node bench/state-vector-kernels.ts`. Only their ratios matter.
 */
export const COST = Object.freeze({
  low: 0.65,
  sweep: 0.12,
  sweepPerBit: 0.105,
  diagonal: 0.55,
  contiguousPass: 0.15,
  gatheredPass: 0.6,
  matrix: 20,
});

/** The cost of rotating the local bits of `active`. */
export function sweepsCost(active: number, lowCount: number): number {
  return sweepRanges(active, lowCount).reduce(
    (sum, { first, count }) =>
      sum + (first === 0 ? COST.low : COST.sweep + count * COST.sweepPerBit),
    0,
  );
}
