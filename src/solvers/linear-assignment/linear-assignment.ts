/** Linear assignment by shortest augmenting paths; the dual prices prove the answer. */
import { assert } from "#foundation";
import { linearAssignment as kernel } from "#kernels";
import {
  type LinearAssignment,
  type ProblemOf,
  recogniseLinearAssignment,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun, supportIf } from "../kernel-run.ts";

/** Proves in cubic time. */
export const linearAssignment = solverOf("quadratic", {
  name: "linear-assignment",
  version: 1,
  guarantee: "exact",
  supports: (problem) => supportIf(recogniseLinearAssignment(problem), "a linear assignment"),
  solve,
});

function solve(problem: ProblemOf<"quadratic">, options: SolveOptions): SolveResult {
  const found = recogniseLinearAssignment(problem);
  assert(found !== undefined, "a linear assignment");
  const run = new KernelRun(
    found.form,
    options,
    "Jonker-Volgenant shortest augmenting paths, dual prices",
  );
  // More rows that have to take a column than there are columns: no assignment is complete.
  if (found.rows > found.columns) return run.conclude("infeasible", Number.POSITIVE_INFINITY);
  const { status, columnOf, bound } = kernel(found.costs, found.rows, found.columns, run.budget);
  if (status === "optimal") run.offer(chosenBy(found, columnOf));
  return run.conclude(status, bound);
}

function chosenBy({ form, pairOf, columns }: LinearAssignment, columnOf: Int32Array): Uint8Array {
  const chosen = new Uint8Array(form.columnCount);
  for (const [row, column] of columnOf.entries()) {
    const pair = pairOf[row * columns + column];
    if (pair >= 0) chosen[pair] = 1;
  }
  return chosen;
}
