/**
 * The best k of n items when every pair of them adds or costs something: a quadratic knapsack with
 * unit weights and an exact count, solved to proof by the same bound and search.
 */
import { assert, type RandomStream, type WorkBudget } from "#foundation";
import type { AnswerExchange } from "../answer-exchange.ts";
import {
  type QuadraticPacking,
  quadraticKnapsack,
} from "../knapsack/quadratic/quadratic-knapsack.ts";

/**
 * Maximises the profits of exactly `count` of `size` items. `profits` is `size` times `size` and
 * symmetric, with the items' own profits on the diagonal; entry (i, j) counts once. Work is counted
 * in matrix entries looked at.
 */
export function bestSet(
  profits: Float64Array,
  size: number,
  count: number,
  stream: RandomStream,
  budget?: WorkBudget,
  exchange?: AnswerExchange<Uint8Array>,
): QuadraticPacking {
  assert(Number.isInteger(count) && count >= 0, `count: expected a whole number, got ${count}`);
  const weights = new Float64Array(size).fill(1);
  return quadraticKnapsack(
    { size, profits, weights, capacity: count, isExact: true },
    stream,
    budget,
    exchange,
  );
}
