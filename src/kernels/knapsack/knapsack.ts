/** The 0/1 knapsack: a multiple-choice knapsack in which each item is in or out. */
import { assert, type WorkBudget } from "#foundation";
import { multipleChoiceKnapsack } from "./multiple-choice/multiple-choice-knapsack.ts";

/** The best packing found, and what is known of better ones. */
export interface KnapsackPacking {
  /** 1 for packed items; `undefined` if the capacity is negative. */
  readonly packed: Uint8Array | undefined;
  readonly objective: number;
  /** No packing is worth more. */
  readonly bound: number;
  readonly isProved: boolean;
}

/**
 * Maximises the profits of items whose non-negative weights stay within `capacity`. Work is counted
 * in states of the dynamic programme.
 */
export function knapsack(
  profits: Float64Array,
  weights: Float64Array,
  capacity: number,
  budget?: WorkBudget,
): KnapsackPacking {
  const items = profits.length;
  assert(weights.length === items, `weights: expected ${items}, got ${weights.length}`);
  const problem = {
    offsets: Int32Array.from({ length: items + 1 }, (_, item) => 2 * item),
    profits: new Float64Array(2 * items),
    weights: new Float64Array(2 * items),
    capacity,
  };
  for (let item = 0; item < items; item += 1) {
    problem.profits[2 * item + 1] = profits[item];
    problem.weights[2 * item + 1] = weights[item];
  }
  const { optionOf, objective, bound, isProved } = multipleChoiceKnapsack(problem, budget);
  const packed = optionOf && Uint8Array.from(optionOf, (option) => option & 1);
  return { packed, objective, bound, isProved };
}
