/** Least-cost flow by the network simplex method; the node potentials prove the answer. */
import { assert } from "#foundation";
import { minCostFlow as kernel } from "#kernels";
import {
  type ProblemOf,
  recogniseMinCostFlow,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun, supportIf } from "../kernel-run.ts";

/** Proves; polynomial in practice. */
export const minCostFlow = solverOf("quadratic", {
  name: "min-cost-flow",
  version: 1,
  guarantee: "exact",
  supports: (problem) => supportIf(recogniseMinCostFlow(problem), "a flow in a network"),
  solve,
});

function solve(problem: ProblemOf<"quadratic">, options: SolveOptions): SolveResult {
  const found = recogniseMinCostFlow(problem);
  assert(found !== undefined, "a flow in a network");
  const run = new KernelRun(found.form, options, "network simplex, node potentials");
  const { status, flow, isFeasible, bound } = kernel(found.network, run.budget);
  if (isFeasible) run.offer(flow);
  // A cycle that pays for ever proves nothing about whole values that a sample can hold.
  return run.conclude(status === "unbounded" ? "stopped" : status, bound);
}
