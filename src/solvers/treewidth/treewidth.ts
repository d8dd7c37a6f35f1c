/**
 * Dynamic programming over a tree decomposition, in the form of variable elimination: exact for any
 * number of variables as long as few of them depend on each other at any time.
 */
import { eliminate } from "#kernels";
import { eliminationOrder, type QuadraticProblem, type Support } from "#problem";
import type { ExactRun } from "../exact-run.ts";
import { exactSolver, mostValues, type SearchEnding } from "../exact-solver.ts";
import { factorsOf } from "./factors.ts";

/** Most combinations of a variable and its neighbours: a table of 32 MiB. */
const COMBINATIONS_MAX = 2 ** 22;
/** Most bytes for what was decided at each elimination. */
const DECISIONS_MAX = 2 ** 28;

/** Proves, or ends with its budget. */
export const treewidth = exactSolver({
  name: "treewidth",
  version: 1,
  method: "dynamic programming over a tree decomposition",
  // Digits are kept as bytes.
  limits: { valuesMax: 256 },
  supports,
  search,
});

function supports(problem: QuadraticProblem): Support {
  const elimination = eliminationOrder(problem);
  if (elimination === undefined) {
    return { kind: "no", reason: "no variable may depend on more than 20 at a time" };
  }
  const most = mostValues(problem);
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

function search(problem: QuadraticProblem, run: ExactRun): SearchEnding {
  const order = eliminationOrder(problem)?.order ?? new Int32Array(0);
  const { counts, factors, valuesOf } = factorsOf(problem);
  const { bound, digits } = eliminate(counts, factors, order, run.spend);
  const isProved =
    digits === undefined ? bound === Infinity : run.judge(valuesOf(digits)) !== undefined;
  return { isProved, bound };
}
