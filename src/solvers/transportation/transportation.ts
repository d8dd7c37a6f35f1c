/** Transportation by the network simplex method; the dual prices prove the answer. */
import { assert } from "#foundation";
import { transportation as kernel } from "#kernels";
import {
  type ProblemOf,
  recogniseTransportation,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun, supportIf } from "../kernel-run.ts";

/** Proves; polynomial in practice. */
export const transportation = solverOf("quadratic", {
  name: "transportation",
  version: 1,
  guarantee: "exact",
  supports: (problem) => supportIf(recogniseTransportation(problem), "a transportation problem"),
  solve,
});

function solve(problem: ProblemOf<"quadratic">, options: SolveOptions): SolveResult {
  const found = recogniseTransportation(problem);
  assert(found !== undefined, "a transportation problem");
  const { form, costs, supplies, demands, wayOf } = found;
  const run = new KernelRun(form, options, "network simplex, dual prices of sources and sinks");
  const { status, amounts, bound } = kernel(costs, supplies, demands, run.budget);
  assert(status !== "unbounded", "demands bound what is sent");
  if (status !== "optimal") return run.conclude(status, bound);
  const chosen = new Float64Array(form.columnCount);
  for (const [entry, column] of wayOf.entries()) if (column >= 0) chosen[column] = amounts[entry];
  run.offer(chosen);
  return run.conclude(status, bound);
}
