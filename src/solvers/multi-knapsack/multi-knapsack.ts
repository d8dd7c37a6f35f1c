/** The knapsack with several capacities by branch and bound on its linear relaxation. */
import { assert, randomStream } from "#foundation";
import { multiKnapsack as kernel } from "#kernels";
import {
  type ProblemOf,
  recogniseMultiKnapsack,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun, supportIf } from "../kernel-run.ts";
import { packedBy, turnedCost, turnedRound } from "../turned-items.ts";

/** In their common unit, whole costs up to here are told apart by bounds in doubles. */
const EXACT_MAX = 2 ** 30;

/** Proves if the budget allows; with a bound in any case. */
export const multiKnapsack = solverOf("quadratic", {
  name: "multi-knapsack",
  version: 1,
  guarantee: "exact",
  supports: (problem) =>
    supportIf(recogniseMultiKnapsack(problem), "a knapsack with several capacities"),
  solve,
});

function solve(problem: ProblemOf<"quadratic">, options: SolveOptions): SolveResult {
  const found = recogniseMultiKnapsack(problem);
  assert(found !== undefined, "a knapsack with several capacities");
  const { form, instance, isTurned, profitUnit } = found;
  const exactMax = Math.min(EXACT_MAX * profitUnit, Number.MAX_SAFE_INTEGER);
  const run = new KernelRun(form, options, "branch and bound on the linear relaxation", exactMax);
  const stream = randomStream(options.seed, "multi-knapsack");
  const { packed, bound, isProved } = kernel(instance, stream, run.budget, {
    start: packedBy(found, options.start),
    onBetter: (better) => run.offer(turnedRound(isTurned, better)),
  });
  if (packed === undefined) return run.conclude("infeasible", Number.POSITIVE_INFINITY);
  run.offer(turnedRound(isTurned, packed));
  return run.conclude(isProved ? "optimal" : "stopped", turnedCost(found) - profitUnit * bound);
}
