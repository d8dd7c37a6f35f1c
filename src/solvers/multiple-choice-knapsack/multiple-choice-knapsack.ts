/** The multiple-choice knapsack by dynamic programming over its expanding core. */
import { assert } from "#foundation";
import { multipleChoiceKnapsack as kernel } from "#kernels";
import {
  type ProblemOf,
  recogniseMultipleChoiceKnapsack,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun, supportIf } from "../kernel-run.ts";

/** Proves; pseudo-polynomial. */
export const multipleChoiceKnapsack = solverOf("quadratic", {
  name: "multiple-choice-knapsack",
  version: 1,
  guarantee: "exact",
  supports: (problem) =>
    supportIf(recogniseMultipleChoiceKnapsack(problem), "a multiple-choice knapsack"),
  solve,
});

function solve(problem: ProblemOf<"quadratic">, options: SolveOptions): SolveResult {
  const found = recogniseMultipleChoiceKnapsack(problem);
  assert(found !== undefined, "a multiple-choice knapsack");
  const { form, instance, columnOf } = found;
  const run = new KernelRun(form, options, "dynamic programming over the core (Pisinger 1995)");
  const { optionOf, bound, isProved } = kernel(instance, run.budget);
  if (optionOf === undefined) return run.conclude(isProved ? "infeasible" : "stopped", -bound);
  const chosen = new Uint8Array(form.columnCount);
  for (const option of optionOf) if (columnOf[option] >= 0) chosen[columnOf[option]] = 1;
  run.offer(chosen);
  return run.conclude(isProved ? "optimal" : "stopped", -bound);
}
