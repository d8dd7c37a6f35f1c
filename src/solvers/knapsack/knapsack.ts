/** The knapsack by dynamic programming over its expanding core. */
import { assert } from "#foundation";
import { knapsack as kernel } from "#kernels";
import {
  type Knapsack,
  type ProblemOf,
  recogniseKnapsack,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun, supportIf } from "../kernel-run.ts";

/** Proves; pseudo-polynomial. */
export const knapsack = solverOf("quadratic", {
  name: "knapsack",
  version: 1,
  guarantee: "exact",
  supports: (problem) => supportIf(recogniseKnapsack(problem), "a knapsack"),
  solve,
});

function solve(problem: ProblemOf<"quadratic">, options: SolveOptions): SolveResult {
  const found = recogniseKnapsack(problem);
  assert(found !== undefined, "a knapsack");
  const { form, profits, weights, capacity, profitPerWeight } = found;
  const run = new KernelRun(form, options, "dynamic programming over the core (Pisinger 1995)");
  const { packed, bound, isProved } = kernel(profits, weights, capacity, run.budget);
  if (packed !== undefined) {
    const load = weights.reduce((sum, weight, item) => sum + packed[item] * weight, 0);
    // The fullest knapsack is the best one; if it is not full, none can be.
    const isShort = profitPerWeight > 0 && load < capacity;
    if (isShort) return run.conclude(isProved ? "infeasible" : "stopped", Number.NEGATIVE_INFINITY);
    run.offer(chosenBy(found, packed));
  } else if (isProved) return run.conclude("infeasible", Number.POSITIVE_INFINITY);
  const costOfNone = found.isTurned.reduce(
    (sum, isTurned, column) =>
      sum + (isTurned === 1 ? form.costs[column] * form.reaches[column] : 0),
    0,
  );
  return run.conclude(
    isProved ? "optimal" : "stopped",
    costOfNone + profitPerWeight * capacity - bound,
  );
}

function chosenBy({ form, columnOf, units, isTurned }: Knapsack, packed: Uint8Array): Float64Array {
  const chosen = form.reaches.map((reach, column) => (isTurned[column] === 1 ? reach : 0));
  for (const [item, column] of columnOf.entries()) {
    if (packed[item] === 1) chosen[column] += isTurned[column] === 1 ? -units[item] : units[item];
  }
  return chosen;
}
