/**
 * Enumeration: every sample of a small problem, whatever its rows and penalties are like. Slower
 * than branch and bound where bounds bite, and independent of whether they do.
 */
import { enumerate, leastOfTerms, log } from "#kernels";
import {
  type QuadraticProblem,
  type SolveOptions,
  type SolveResult,
  type Solver,
  type Support,
  solverOf,
} from "#problem";
import { ExactRun } from "../exact-run.ts";
import { quadraticInstance, valueCount } from "../quadratic-instance.ts";

const METHOD = "Gray-code enumeration";
/** Binary logarithm of the most samples worth trying: a second or two for dense problems. */
const BITS_MAX = 26;
/** Fixed variables cost nothing but their place in the dense instance. */
const VARIABLES_MAX = 256;

/** Proves, or ends with its budget. */
export const enumeration: Solver = solverOf("quadratic", {
  name: "enumeration",
  version: 1,
  guarantee: "exact",
  supports,
  solve,
});

function supports(problem: QuadraticProblem): Support {
  const { variableCount } = problem;
  if (variableCount > VARIABLES_MAX) {
    return { kind: "no", reason: `up to ${VARIABLES_MAX} variables, got ${variableCount}` };
  }
  let bits = 0;
  for (let variable = 0; variable < variableCount; variable += 1) {
    bits += log(valueCount(problem, variable)) / Math.LN2;
  }
  if (bits <= BITS_MAX) return { kind: "yes" };
  return { kind: "no", reason: `up to 2^${BITS_MAX} samples, got 2^${bits.toFixed(1)}` };
}

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const instance = quadraticInstance(problem);
  const run = new ExactRun(problem, options);
  if (enumerate(instance, run)) return run.proved(METHOD);
  return run.stopped(METHOD, leastOfTerms(instance, instance.size));
}
