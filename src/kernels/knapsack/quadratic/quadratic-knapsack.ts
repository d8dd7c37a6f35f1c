/**
 * The quadratic knapsack, solved to proof: local search for an answer, the split bound to fix items
 * whose other value cannot improve on it, and branching on what remains.
 */
import { type RandomStream, type WorkBudget, workBudget } from "#foundation";
import type { AnswerExchange } from "../../answer-exchange.ts";
import { Incumbent } from "../../incumbent.ts";
import {
  assertQuadraticKnapsack,
  fits,
  type QuadraticKnapsack,
  quadraticProfit,
} from "./instance.ts";
import { Tree } from "./tree.ts";

/** The best packing found, and what is known of better ones. */
export interface QuadraticPacking {
  /** 1 for packed items; `undefined` if nothing fits or no exact count can be met. */
  readonly packed: Uint8Array | undefined;
  readonly objective: number;
  /** No packing is worth more. */
  readonly bound: number;
  /** Whether the whole tree was searched: then nothing beats `objective`. */
  readonly isProved: boolean;
}

const NO_PACKING: QuadraticPacking = Object.freeze({
  packed: undefined,
  objective: Number.NEGATIVE_INFINITY,
  bound: Number.NEGATIVE_INFINITY,
  isProved: true,
});

/**
 * Maximises; deterministic in problem, stream and tick replies. Work is counted in matrix entries
 * looked at. With integral profits the proof is exact while bounds stay below 2^40.
 */
export function quadraticKnapsack(
  problem: QuadraticKnapsack,
  stream: RandomStream,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
  { start, onBetter }: AnswerExchange<Uint8Array> = {},
): QuadraticPacking {
  assertQuadraticKnapsack(problem);
  const { capacity, isExact } = problem;
  if (capacity < 0 || (isExact && !Number.isInteger(capacity))) return NO_PACKING;
  const incumbent = new Incumbent(problem.profits, budget, onBetter);
  if (start !== undefined && fits(problem, start)) {
    incumbent.offer(start, quadraticProfit(problem, start));
  }
  const tree = new Tree(problem, incumbent, stream);
  const bound = tree.search();
  const packed = incumbent.answer;
  const objective =
    packed === undefined ? Number.NEGATIVE_INFINITY : quadraticProfit(problem, packed);
  return { packed, objective, bound: Math.max(bound, objective), isProved: !incumbent.isStopped };
}
