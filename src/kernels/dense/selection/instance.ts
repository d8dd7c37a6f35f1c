/** The selection of exactly k out of n items with a profit for every pair. */
import { assert } from "#foundation";

/** To be made great. */
export interface PairSelection {
  readonly size: number;
  /** How many items are selected. */
  readonly count: number;
  /**
   * `size` times `size`, symmetric: the diagonal holds the items' own profits, entry (i, j) what
   * selecting both adds, counted once. Any sign.
   */
  readonly profits: Float64Array;
}

/** Refuses a matrix of the wrong length and a count that cannot be met. */
export function assertPairSelection({ size, count, profits }: PairSelection): void {
  assert(profits.length === size * size, `profits: expected ${size} squared`);
  const isCount = Number.isInteger(count) && count >= 0 && count <= size;
  assert(isCount, `count: expected an integer from 0 to ${size}, got ${count}`);
}

/** Whether `selected` has a 0 or 1 for every item, and as many 1 as are to be selected. */
export function isSelection({ size, count }: PairSelection, selected: Uint8Array): boolean {
  if (selected.length !== size || selected.some((chosen) => chosen > 1)) return false;
  return selected.reduce((sum, chosen) => sum + chosen, 0) === count;
}
