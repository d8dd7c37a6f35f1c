/**
 * How much a penalty must weigh. Rows that share variables, directly or through others, form a
 * group. Whatever a group's variables are set to, making the whole group hold changes the objective
 * by no more than the range of the terms that touch them; a weight above that range makes every
 * violation a loss. So each group has its own weight, and a minimiser of the BQM is one of the CQM
 * whenever the CQM has a solution.
 *
 * On demand each row is weighed by the terms it touches itself: smaller weights, which are easier
 * on hardware, and no promise (A. Verma and M. Lewis, Discrete Optimization 44, 2022).
 */
import { interactionsOf, type QuadraticProblem } from "../model/quadratic-problem.ts";

/** By which variables a row's penalty is weighed. */
export type Weighing = "group" | "row";

/** Where ranges are rounded, the weight has to be above them all the same. */
const MARGIN = 1.001;

/** One weight per row, of which `touched` lists the variables of its penalty. */
export function penaltyWeights(
  objective: QuadraticProblem,
  touched: readonly (readonly number[])[],
  weighing: Weighing,
): number[] {
  const isIntegral = [...objective.objective.linear, ...objective.objective.biases].every((bias) =>
    Number.isInteger(bias),
  );
  const weigh = (range: number) => (isIntegral || range === 0 ? range + 1 : range * MARGIN);
  if (weighing === "row") {
    const adjacent = rangesByVariable(objective);
    return touched.map((variables) => weigh(rangeOfRow(adjacent, variables)));
  }
  const groupOf = groupsOf(objective.variableCount, touched);
  const ranges = rangesByGroup(objective, groupOf);
  return touched.map(([first]) => weigh(first === undefined ? 0 : ranges[groupOf(first)]));
}

/** The group of each variable, as one of its members (union by path halving). */
function groupsOf(
  variableCount: number,
  touched: readonly (readonly number[])[],
): (variable: number) => number {
  const parents = Int32Array.from({ length: variableCount }, (_, index) => index);
  const find = (variable: number) => {
    let root = variable;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  };
  for (const [first, ...others] of touched) {
    for (const other of others) parents[find(other)] = find(first);
  }
  return find;
}

/** The range of all terms that touch a group, by group; a term between two counts for both. */
function rangesByGroup(
  problem: QuadraticProblem,
  groupOf: (variable: number) => number,
): Float64Array {
  const ranges = new Float64Array(problem.variableCount);
  for (const [variable, bias] of problem.objective.linear.entries()) {
    ranges[groupOf(variable)] += Math.abs(bias);
  }
  for (const [first, second, bias] of interactionsOf(problem)) {
    const [a, b] = [groupOf(first), groupOf(second)];
    ranges[a] += Math.abs(bias);
    if (a !== b) ranges[b] += Math.abs(bias);
  }
  return ranges;
}

/** The range of all terms that touch a variable, by variable. */
function rangesByVariable(problem: QuadraticProblem): Float64Array {
  return rangesByGroup(problem, (variable) => variable);
}

/** No less than the range of the terms that touch the row; those inside it count twice. */
function rangeOfRow(ranges: Float64Array, variables: readonly number[]): number {
  return [...new Set(variables)].reduce((sum, variable) => sum + ranges[variable], 0);
}
