/** The knapsack with several capacities: every packed item takes some of each. */
import { assert } from "#foundation";

/** One problem, to maximise. */
export interface MultiKnapsack {
  readonly items: number;
  readonly rows: number;
  readonly profits: Float64Array;
  /** `rows` times `items`, row by row, non-negative. */
  readonly weights: Float64Array;
  readonly capacities: Float64Array;
}

/** Refuses arrays of the wrong length and negative weights, on which the bounds rely. */
export function assertMultiKnapsack(problem: MultiKnapsack): void {
  const { items, rows, profits, weights, capacities } = problem;
  assert(profits.length === items, `profits: expected ${items}, got ${profits.length}`);
  assert(weights.length === rows * items, `weights: expected ${rows} rows of ${items}`);
  assert(capacities.length === rows, `capacities: expected ${rows}, got ${capacities.length}`);
  for (const weight of weights) assert(weight >= 0, `weight: expected at least 0, got ${weight}`);
}

/** The profit of the items in `packed` (1 for packed). */
export function packedProfit({ profits }: MultiKnapsack, packed: Uint8Array): number {
  let total = 0;
  for (let item = 0; item < packed.length; item += 1) total += packed[item] * profits[item];
  return total;
}

/** Whether `packed` stays within every capacity. */
export function fits(problem: MultiKnapsack, packed: Uint8Array): boolean {
  const { items, weights, capacities } = problem;
  return capacities.every((capacity, row) => {
    const own = weights.subarray(row * items, (row + 1) * items);
    return own.reduce((sum, weight, item) => sum + packed[item] * weight, 0) <= capacity;
  });
}
