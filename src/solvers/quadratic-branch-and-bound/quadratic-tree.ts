/**
 * Branch and bound for quadratic problems of about forty variables, dense or not, with any rows:
 * depth first, bounded by nested sub-problems (kernels/quadratic/russian-doll.ts).
 */
import { russianDoll } from "#kernels";
import { exactSolver } from "../exact-solver.ts";
import { DENSE_VARIABLES_MAX, quadraticInstance } from "../quadratic-instance.ts";

/** Proves, or ends with its budget. */
export const quadraticBranchAndBound = exactSolver({
  name: "quadratic-branch-and-bound",
  version: 1,
  method: "branch and bound over nested sub-problems",
  // Each value of a variable is a branch; with more samples, proofs would take hours.
  limits: { variablesMax: DENSE_VARIABLES_MAX, valuesMax: 64, bitsMax: 64 },
  search: (problem, run) => {
    const { isComplete, bound } = russianDoll(quadraticInstance(problem), run, run.reached);
    return { isProved: isComplete, bound };
  },
});
