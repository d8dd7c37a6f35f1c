/**
 * Dynamic programming over a tree decomposition, in the form of variable elimination: exact for any
 * number of variables as long as few of them depend on each other at any time.
 */
import { eliminate } from "#kernels";
import {
  eliminationOrder,
  type QuadraticProblem,
  type SolveOptions,
  type SolveResult,
  type Solver,
  type Support,
  solverOf,
} from "#problem";
import { ExactRun } from "../exact-run.ts";
import { valueCount } from "../quadratic-instance.ts";
import { factorsOf } from "./factors.ts";

const METHOD = "dynamic programming over a tree decomposition";
/** Most neighbours of a variable at its elimination. */
const WIDTH_MAX = 20;
/** Most combinations of a variable and its neighbours: a table of 32 MiB. */
const COMBINATIONS_MAX = 2 ** 22;
/** Most bytes for what was decided at each elimination. */
const DECISIONS_MAX = 2 ** 28;
/** Digits are kept as bytes. */
const VALUES_MAX = 256;

/** Proves, or ends with its budget. */
export const treewidth: Solver = solverOf("quadratic", {
  name: "treewidth",
  version: 1,
  guarantee: "exact",
  supports,
  solve,
});

function supports(problem: QuadraticProblem): Support {
  let most = 1;
  for (let variable = 0; variable < problem.variableCount; variable += 1) {
    most = Math.max(most, valueCount(problem, variable));
  }
  if (most > VALUES_MAX) {
    return { kind: "no", reason: `variables of up to ${VALUES_MAX} values, got ${most}` };
  }
  const elimination = eliminationOrder(problem, WIDTH_MAX);
  if (elimination === undefined) {
    return { kind: "no", reason: `no variable may depend on more than ${WIDTH_MAX} at a time` };
  }
  let combinations = most;
  for (let neighbour = 0; neighbour < elimination.width; neighbour += 1) combinations *= most;
  if (combinations > COMBINATIONS_MAX) {
    const reason = `tables of up to ${COMBINATIONS_MAX} entries, got up to ${combinations}`;
    return { kind: "no", reason };
  }
  const decisions = (elimination.order.length * combinations) / most;
  if (decisions <= DECISIONS_MAX) return { kind: "yes" };
  return { kind: "no", reason: `up to ${DECISIONS_MAX} decisions to keep, got ${decisions}` };
}

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const run = new ExactRun(problem, options);
  const order = eliminationOrder(problem, WIDTH_MAX)?.order ?? new Int32Array(0);
  const { counts, factors, valuesOf } = factorsOf(problem);
  const { bound, digits } = eliminate(counts, factors, order, run.spend);
  if (digits !== undefined) {
    const isJudged = run.judge(valuesOf(digits)) !== undefined;
    return isJudged ? run.proved(METHOD) : run.stopped(METHOD, bound);
  }
  return bound === Infinity ? run.proved(METHOD) : run.stopped(METHOD, bound);
}
