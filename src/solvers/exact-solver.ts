/**
 * A solver for any quadratic problem that is small enough for its method: how small is said by
 * limits, and every such solver has the same budget, incumbent and ending. Each adds only its own
 * search.
 */
import { log } from "#kernels";
import { type QuadraticProblem, type Solver, type Support, solverOf } from "#problem";
import { ExactRun } from "./exact-run.ts";
import { valueCount } from "./quadratic-instance.ts";

/** The largest problem a method takes; what is absent does not matter to it. */
export interface SizeLimits {
  readonly variablesMax?: number;
  /** Of each variable. */
  readonly valuesMax?: number;
  /** Binary logarithm of the number of samples. */
  readonly bitsMax?: number;
}

/** How a search ended; without a proof, `bound` holds for every sample. */
export interface SearchEnding {
  readonly isProved: boolean;
  readonly bound: number;
}

/** What is a method's own about its solver. */
export interface ExactSolver {
  readonly name: string;
  readonly version: number;
  /** What proves, as the literature calls it. */
  readonly method: string;
  readonly limits: SizeLimits;
  /** What else has to hold of a problem within the limits. */
  supports?(problem: QuadraticProblem): Support;
  /** Searches on the budget of `run`, and has `run` judge its samples. */
  search(problem: QuadraticProblem, run: ExactRun): SearchEnding;
}

/** Makes the solver. */
export function exactSolver(own: ExactSolver): Solver {
  const { name, version, method, limits } = own;
  return solverOf("quadratic", {
    name,
    version,
    guarantee: "exact",
    supports: (problem) => {
      const reason = excessOf(problem, limits);
      if (reason !== undefined) return { kind: "no", reason };
      return own.supports?.(problem) ?? { kind: "yes" };
    },
    solve: (problem, options) => {
      const run = new ExactRun(problem, options);
      const { isProved, bound } = own.search(problem, run);
      return isProved ? run.proved(method) : run.stopped(method, bound);
    },
  });
}

/** The limit that a problem exceeds, and by how much; `undefined` if there is none. */
function excessOf(problem: QuadraticProblem, limits: SizeLimits): string | undefined {
  const { variablesMax = Infinity, valuesMax = Infinity, bitsMax = Infinity } = limits;
  const { variableCount } = problem;
  if (variableCount > variablesMax) {
    return `up to ${variablesMax} variables, got ${variableCount}`;
  }
  const most = mostValues(problem);
  if (most > valuesMax) return `variables of up to ${valuesMax} values, got ${most}`;
  if (bitsMax === Infinity) return undefined;
  let bits = 0;
  for (let variable = 0; variable < variableCount; variable += 1) {
    bits += log(valueCount(problem, variable)) / Math.LN2;
  }
  return bits > bitsMax ? `up to 2^${bitsMax} samples, got 2^${bits.toFixed(1)}` : undefined;
}

/** How many values the variable has that has most, and at least 1. */
export function mostValues(problem: QuadraticProblem): number {
  let most = 1;
  for (let variable = 0; variable < problem.variableCount; variable += 1) {
    most = Math.max(most, valueCount(problem, variable));
  }
  return most;
}
