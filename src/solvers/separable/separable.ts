/** The problem that falls apart into its variables: each gets its own best value. */

import { assert } from "#foundation";
import {
  type ProblemOf,
  recogniseSeparable,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun, supportIf } from "../kernel-run.ts";

/** Proves by looking at every variable once. */
export const separable = solverOf("quadratic", {
  name: "separable",
  version: 1,
  guarantee: "exact",
  supports: (problem) => supportIf(recogniseSeparable(problem), "one whose variables stand apart"),
  solve,
});

function solve(problem: ProblemOf<"quadratic">, options: SolveOptions): SolveResult {
  const found = recogniseSeparable(problem);
  assert(found !== undefined, "a separable problem");
  const run = new KernelRun(found.form, options, "the best value of each variable by itself");
  run.budget.tick(problem.variableCount);
  run.offer(found.chosen);
  return run.conclude("optimal", Number.NEGATIVE_INFINITY);
}
