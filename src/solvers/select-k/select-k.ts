/** The best k of n with biases for pairs, by branch and bound on a split of the pair profits. */
import { assert, randomStream } from "#foundation";
import { bestSet, quadraticKnapsack } from "#kernels";
import {
  type ProblemOf,
  recogniseSelectK,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun, supportIf } from "../kernel-run.ts";
import { packedBy, turnedCost, turnedRound } from "../turned-items.ts";

/** Whole costs up to here are told apart by bounds in doubles, as the kernel says. */
const EXACT_MAX = 2 ** 40;

/** Proves if the budget allows; with a bound in any case. */
export const selectK = solverOf("quadratic", {
  name: "select-k",
  version: 1,
  guarantee: "exact",
  supports: (problem) => supportIf(recogniseSelectK(problem), "a selection of k out of n"),
  solve,
});

function solve(problem: ProblemOf<"quadratic">, options: SolveOptions): SolveResult {
  const found = recogniseSelectK(problem);
  assert(found !== undefined, "a selection of k out of n");
  const { form, instance, isTurned } = found;
  const run = new KernelRun(form, options, "branch and bound on split pair profits", EXACT_MAX);
  const stream = randomStream(options.seed, "select-k");
  const exchange = {
    start: packedBy(found, options.start),
    onBetter: (better: Uint8Array) => run.offer(turnedRound(isTurned, better)),
  };
  const { profits, size, capacity } = instance;
  const { packed, bound, isProved } = instance.isExact
    ? bestSet(profits, size, capacity, stream, run.budget, exchange)
    : quadraticKnapsack(instance, stream, run.budget, exchange);
  if (packed !== undefined) run.offer(turnedRound(isTurned, packed));
  return run.conclude(isProved ? "optimal" : "stopped", turnedCost(found) - bound);
}
