/**
 * The knapsack with several capacities, solved to proof: local search round the core for an answer,
 * branch and bound on the linear relaxation for the proof.
 */
import { type RandomStream, type WorkBudget, workBudget } from "#foundation";
import type { AnswerExchange } from "../../answer-exchange.ts";
import { Incumbent } from "../../incumbent.ts";
import { assertMultiKnapsack, fits, type MultiKnapsack, packedProfit } from "./instance.ts";
import { Tree } from "./tree.ts";
import { Walk } from "./walk.ts";

const WALK_FIRST_PER_ITEM = 4;

/** The best packing found, and what is known of better ones. */
export interface MultiPacking {
  /** 1 for packed items; `undefined` only if a capacity is negative, so nothing fits. */
  readonly packed: Uint8Array | undefined;
  readonly objective: number;
  /** No packing is worth more. */
  readonly bound: number;
  /** Whether the whole tree was searched: then nothing beats `objective`. */
  readonly isProved: boolean;
}

/**
 * Maximises; deterministic in problem, stream and tick replies. Work is counted in entries of
 * dictionaries and weights touched. Bounds are computed in doubles and compared with an allowance
 * of 1e-5, so a proof stands for integral profits while objectives stay below 2^30.
 */
export function multiKnapsack(
  problem: MultiKnapsack,
  stream: RandomStream,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
  { start, onBetter }: AnswerExchange<Uint8Array> = {},
): MultiPacking {
  assertMultiKnapsack(problem);
  if (problem.capacities.some((capacity) => capacity < 0)) return NO_PACKING;
  const incumbent = new Incumbent(problem.profits, budget, onBetter);
  if (start !== undefined && fits(problem, start)) {
    incumbent.offer(start, packedProfit(problem, start));
  }
  const tree = new Tree(problem, incumbent);
  const walk = new Walk(problem, tree.rowPrices(), tree.rootBound, incumbent, stream);
  walk.tryPacking(tree.rootPacking());
  walk.run(problem.items * WALK_FIRST_PER_ITEM);
  const open = tree.search(walk);
  const packed = incumbent.answer ?? new Uint8Array(problem.items);
  const objective = packedProfit(problem, packed);
  const bound = Math.max(open, objective);
  return { packed, objective, bound, isProved: !incumbent.isStopped };
}

const NO_PACKING: MultiPacking = Object.freeze({
  packed: undefined,
  objective: Number.NEGATIVE_INFINITY,
  bound: Number.NEGATIVE_INFINITY,
  isProved: true,
});
