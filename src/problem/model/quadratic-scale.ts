/**
 * The size of a quadratic problem's objective: how large its terms can be, and whether it takes
 * whole numbers only.
 */
import { HARD } from "../ordered-selection.ts";
import { type ConstraintRows, PENALTY, type QuadraticProblem } from "./quadratic-problem.ts";

/** What an objective's values are like. */
export interface ObjectiveScale {
  /** No sample's terms, soft penalties included, add up to more than this without their signs. */
  readonly magnitude: number;
  /** Every sample's objective is an integer. */
  readonly isIntegral: boolean;
}

/** Samples are 32-bit: an unbounded integer variable reaches no further. */
const REACH_MAX = 2 ** 31;

/** Measures a problem in one pass over its terms. */
export function quadraticScale(problem: QuadraticProblem): ObjectiveScale {
  const { objective, variableCount } = problem;
  const reach = reachOf(problem);
  let magnitude = Math.abs(objective.offset);
  let isIntegral = Number.isInteger(objective.offset);
  const add = (bias: number, size: number) => {
    magnitude += Math.abs(bias) * size;
    isIntegral &&= Number.isInteger(bias);
  };
  for (let first = 0; first < variableCount; first += 1) {
    add(objective.linear[first], reach[first]);
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      add(objective.biases[entry], reach[first] * reach[objective.columns[entry]]);
    }
  }
  const rows = problem.constraints;
  for (let row = 0; row < rows.count; row += 1) {
    if (rows.weights[row] === HARD) continue;
    const { magnitude: distance, isIntegral: isWhole } = rowScale(rows, row, reach);
    const isSquared = rows.penalties[row] === PENALTY.quadratic;
    add(rows.weights[row], isSquared ? distance * distance : distance);
    isIntegral &&= isWhole;
  }
  return { magnitude, isIntegral };
}

/** How far each variable's value can be from 0. */
function reachOf({ lowerBounds, upperBounds }: QuadraticProblem): Float64Array {
  return lowerBounds.map((lower, variable) =>
    Math.min(REACH_MAX, Math.max(Math.abs(lower), Math.abs(upperBounds[variable]))),
  );
}

function rowScale(rows: ConstraintRows, row: number, reach: Float64Array): ObjectiveScale {
  let magnitude = Math.abs(rows.rightSides[row]);
  let isIntegral = Number.isInteger(rows.rightSides[row]);
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    magnitude += Math.abs(rows.biases[entry]) * reach[rows.columns[entry]];
    isIntegral &&= Number.isInteger(rows.biases[entry]);
  }
  for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
    const size = reach[rows.pairFirsts[entry]] * reach[rows.pairSeconds[entry]];
    magnitude += Math.abs(rows.pairBiases[entry]) * size;
    isIntegral &&= Number.isInteger(rows.pairBiases[entry]);
  }
  return { magnitude, isIntegral };
}
