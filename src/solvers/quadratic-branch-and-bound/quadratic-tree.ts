/**
 * Branch and bound for quadratic problems of about forty variables, dense or not, with any rows:
 * depth first, bounded by nested sub-problems (kernels/quadratic/russian-doll.ts).
 */
import { log, russianDoll } from "#kernels";
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

const METHOD = "branch and bound over nested sub-problems";
/** Binary logarithm of the samples; above, proofs would take hours. */
const BITS_MAX = 64;
/** Fixed variables cost nothing but their place in the dense instance. */
const VARIABLES_MAX = 256;
/** Each value of a variable is a branch. */
const VALUES_MAX = 64;

/** Proves, or ends with its budget. */
export const quadraticBranchAndBound: Solver = solverOf("quadratic", {
  name: "quadratic-branch-and-bound",
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
    const count = valueCount(problem, variable);
    if (count > VALUES_MAX) {
      return { kind: "no", reason: `variables of up to ${VALUES_MAX} values, got ${count}` };
    }
    bits += log(count) / Math.LN2;
    if (bits > BITS_MAX) return { kind: "no", reason: `up to 2^${BITS_MAX} samples, got more` };
  }
  return { kind: "yes" };
}

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const run = new ExactRun(problem, options);
  const { isComplete, bound } = russianDoll(quadraticInstance(problem), run, run.reached);
  return isComplete ? run.proved(METHOD) : run.stopped(METHOD, bound);
}
