/**
 * A quadratic problem as the exact kernels take it: dense, always to be made small, every variable
 * with a first value, a step and a number of values. The objective's offset is left out.
 */
import type { QuadraticInstance, QuadraticRow } from "#kernels";
import { COMPARISON, PENALTY, type QuadraticProblem, quadraticScale, VARTYPE } from "#problem";

/** Doubles that were added in another order differ by at most this share of their sizes' sum. */
const ROUNDING = 1e-11;

/** Variables of a dense instance: fixed ones cost nothing but their place in it. */
export const DENSE_VARIABLES_MAX = 256;

/** How many values the variable can take; infinite without bounds. */
export function valueCount(problem: QuadraticProblem, variable: number): number {
  if (problem.vartypes[variable] === VARTYPE.spin) return 2;
  return problem.upperBounds[variable] - problem.lowerBounds[variable] + 1;
}

/** The instance of a problem whose variables all have bounds. */
export function quadraticInstance(problem: QuadraticProblem): QuadraticInstance {
  const { variableCount: size, objective, lowerBounds, vartypes } = problem;
  const sign = problem.sense === "minimise" ? 1 : -1;
  const square = new Float64Array(size);
  const biases = new Float64Array(size * size);
  for (let first = 0; first < size; first += 1) {
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      const second = objective.columns[entry];
      const bias = sign * objective.biases[entry];
      if (first === second) square[first] += bias;
      else {
        biases[first * size + second] += bias;
        biases[second * size + first] += bias;
      }
    }
  }
  const counts = new Int32Array(size).map((_, variable) => valueCount(problem, variable));
  return {
    size,
    lower: Int32Array.from(lowerBounds),
    step: Int32Array.from(vartypes, (vartype) => (vartype === VARTYPE.spin ? 2 : 1)),
    counts,
    linear: objective.linear.map((bias) => sign * bias),
    square,
    biases,
    rows: Array.from({ length: problem.constraints.count }, (_, row) => rowOf(problem, row)),
    margin: marginOf(problem),
  };
}

/** Whole objectives that differ differ by 1; others by more than their rounding. */
function marginOf(problem: QuadraticProblem): number {
  const { magnitude, isIntegral } = quadraticScale(problem);
  return isIntegral && magnitude < Number.MAX_SAFE_INTEGER ? 0.5 : ROUNDING * magnitude;
}

/** One row, as the kernels take it. */
export function rowOf({ constraints: rows, ...problem }: QuadraticProblem, row: number) {
  const columns = rows.columns.slice(rows.starts[row], rows.starts[row + 1]);
  const biases = rows.biases.slice(rows.starts[row], rows.starts[row + 1]);
  const pairs = [rows.pairStarts[row], rows.pairStarts[row + 1]] as const;
  const firsts = rows.pairFirsts.slice(...pairs);
  const seconds = rows.pairSeconds.slice(...pairs);
  const pairBiases = rows.pairBiases.slice(...pairs);
  const rightSide = rows.rightSides[row];
  const comparison = rows.comparisons[row];
  const reach = (variable: number) =>
    Math.max(Math.abs(problem.lowerBounds[variable]), Math.abs(problem.upperBounds[variable]));
  let magnitude = Math.abs(rightSide);
  for (const [k, column] of columns.entries()) magnitude += Math.abs(biases[k]) * reach(column);
  for (const [k, first] of firsts.entries()) {
    magnitude += Math.abs(pairBiases[k]) * reach(first) * reach(seconds[k]);
  }
  const isIntegral = [biases, pairBiases, [rightSide]].every((all) => all.every(Number.isInteger));
  const made: QuadraticRow = {
    columns,
    biases,
    firsts,
    seconds,
    pairBiases,
    lower: comparison === COMPARISON.atMost ? -Infinity : rightSide,
    upper: comparison === COMPARISON.atLeast ? Infinity : rightSide,
    weight: rows.weights[row],
    isSquared: rows.penalties[row] === PENALTY.quadratic,
    tolerance: isIntegral && magnitude < Number.MAX_SAFE_INTEGER ? 0 : ROUNDING * magnitude,
  };
  return made;
}
