/**
 * Enumeration: every sample of a small problem, whatever its rows and penalties are like. Slower
 * than branch and bound where bounds bite, and independent of whether they do.
 */
import { enumerate, leastOfTerms } from "#kernels";
import { exactSolver } from "../exact-solver.ts";
import { DENSE_VARIABLES_MAX, quadraticInstance } from "../quadratic-instance.ts";

/** Proves, or ends with its budget. */
export const enumeration = exactSolver({
  name: "enumeration",
  version: 1,
  method: "Gray-code enumeration",
  // The most samples worth trying: a second or two for dense problems.
  limits: { variablesMax: DENSE_VARIABLES_MAX, bitsMax: 26 },
  search: (problem, run) => {
    const instance = quadraticInstance(problem);
    const isProved = enumerate(instance, run);
    return { isProved, bound: leastOfTerms(instance, instance.size) };
  },
});
