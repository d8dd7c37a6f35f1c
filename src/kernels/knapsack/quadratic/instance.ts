/**
 * The quadratic knapsack: items with a weight, a profit each and a profit for every pair, of which
 * a set is packed under one capacity. With unit weights and an exact count it is the selection of k
 * out of n with pairwise profits or penalties.
 */
import { assert } from "#foundation";

/** One problem, to maximise. */
export interface QuadraticKnapsack {
  readonly size: number;
  /**
   * `size` times `size`, symmetric: the diagonal holds the items' own profits, entry (i, j) what
   * packing both i and j adds, counted once. Any sign.
   */
  readonly profits: Float64Array;
  /** Non-negative; all 1 where `isExact`. */
  readonly weights: Float64Array;
  readonly capacity: number;
  /** Whether the capacity has to be met exactly; a selection of exactly `capacity` items. */
  readonly isExact: boolean;
}

/** Refuses arrays of the wrong length and what the bounds rely on. */
export function assertQuadraticKnapsack(problem: QuadraticKnapsack): void {
  const { size, profits, weights, isExact } = problem;
  assert(profits.length === size * size, `profits: expected ${size} squared`);
  assert(weights.length === size, `weights: expected ${size}, got ${weights.length}`);
  for (const weight of weights) {
    assert(isExact ? weight === 1 : weight >= 0, `weight: expected at least 0, got ${weight}`);
  }
}

/** The profit of the items in `packed` (1 for packed), from the matrix alone. */
export function quadraticProfit(problem: QuadraticKnapsack, packed: Uint8Array): number {
  const { size, profits } = problem;
  let total = 0;
  for (let item = 0; item < size; item += 1) {
    if (packed[item] === 0) continue;
    for (let other = 0; other <= item; other += 1) {
      if (packed[other] === 1) total += profits[item * size + other];
    }
  }
  return total;
}

/** Whether `packed` stays within the capacity, and fills it where it has to. */
export function fits(problem: QuadraticKnapsack, packed: Uint8Array): boolean {
  const { weights, capacity, isExact } = problem;
  const load = weights.reduce((sum, weight, item) => sum + packed[item] * weight, 0);
  return isExact ? load === capacity : load <= capacity;
}
