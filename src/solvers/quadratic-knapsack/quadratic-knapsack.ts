/** The quadratic knapsack by branch and bound on a split of the pair profits. */
import { assert, randomStream } from "#foundation";
import { quadraticKnapsack as kernel } from "#kernels";
import {
  type ProblemOf,
  recogniseQuadraticKnapsack,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun, supportIf } from "../kernel-run.ts";
import { packedBy, turnedCost, turnedRound } from "../turned-items.ts";

/** Whole costs up to here are told apart by bounds in doubles, as the kernel says. */
const EXACT_MAX = 2 ** 40;

/** Proves if the budget allows; with a bound in any case. */
export const quadraticKnapsack = solverOf("quadratic", {
  name: "quadratic-knapsack",
  version: 1,
  guarantee: "exact",
  supports: (problem) => supportIf(recogniseQuadraticKnapsack(problem), "a quadratic knapsack"),
  solve,
});

function solve(problem: ProblemOf<"quadratic">, options: SolveOptions): SolveResult {
  const found = recogniseQuadraticKnapsack(problem);
  assert(found !== undefined, "a quadratic knapsack");
  const { form, instance, isTurned } = found;
  const run = new KernelRun(form, options, "branch and bound on split pair profits", EXACT_MAX);
  const stream = randomStream(options.seed, "quadratic-knapsack");
  const { packed, bound, isProved } = kernel(instance, stream, run.budget, {
    start: packedBy(found, options.start),
    onBetter: (better) => run.offer(turnedRound(isTurned, better)),
  });
  if (packed !== undefined) run.offer(turnedRound(isTurned, packed));
  const isEmpty = packed === undefined && isProved;
  const end = isEmpty ? "infeasible" : isProved ? "optimal" : "stopped";
  return run.conclude(end, turnedCost(found) - bound);
}
