/**
 * Logistic regression of two sides with a ridge, by Newton's method: the plainest baseline there
 * is.
 *
 * Source: T. Hastie, R. Tibshirani and J. Friedman, "The elements of statistical learning" (2009),
 * section 4.4.
 */
import { choleskyFactor, solveLower, solveUpper } from "../kernels/analysis/cholesky.ts";
import type { FeatureRows } from "../kernels/rows.ts";

/** bias + weights times the features: the logarithm of the odds of side 1. */
export interface LinearScore {
  readonly weights: Float64Array;
  readonly bias: number;
}

const STEPS_MAX = 50;
const STEP_MIN = 1e-8;
/** Newton's step may overshoot where sides are far apart; no step moves a weight further. */
const MOVE_MAX = 5;

/** Learns; `ridge` above 0 holds the weights down, but not the bias. */
export function fitLogistic(rows: FeatureRows, sides: Float64Array, ridge: number): LinearScore {
  const width = rows.width + 1;
  const current = new Float64Array(width);
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const { gradient, curvature } = slope(rows, sides, current, ridge);
    const factor = choleskyFactor(curvature, width, STEP_MIN);
    solveLower(factor, width, gradient);
    solveUpper(factor, width, gradient);
    const longest = gradient.reduce((most, move) => Math.max(most, Math.abs(move)), 0);
    const share = Math.min(1, MOVE_MAX / longest);
    for (let at = 0; at < width; at += 1) current[at] -= share * gradient[at];
    if (longest < STEP_MIN) break;
  }
  return { weights: current.subarray(0, rows.width), bias: current[rows.width] };
}

/** The score of each row. */
export function linearScores({ weights, bias }: LinearScore, rows: FeatureRows): Float64Array {
  return Float64Array.from({ length: rows.count }, (_, row) => {
    let score = bias;
    for (let at = 0; at < rows.width; at += 1) {
      score += weights[at] * rows.values[row * rows.width + at];
    }
    return score;
  });
}

/** Gradient and lower triangle of the curvature of the ridged loss; the bias comes last. */
function slope(rows: FeatureRows, sides: Float64Array, current: Float64Array, ridge: number) {
  const width = rows.width + 1;
  const gradient = current.map((weight, at) => (at < rows.width ? ridge * weight : 0));
  const curvature = new Float64Array(width * width);
  for (let at = 0; at < rows.width; at += 1) curvature[at * width + at] = ridge;
  const extended = new Float64Array(width).fill(1);
  for (let row = 0; row < rows.count; row += 1) {
    extended.set(rows.values.subarray(row * rows.width, (row + 1) * rows.width));
    let score = 0;
    for (let at = 0; at < width; at += 1) score += current[at] * extended[at];
    const chance = 1 / (1 + Math.exp(-score));
    const error = chance - (sides[row] > 0 ? 1 : 0);
    const weight = chance * (1 - chance);
    for (let at = 0; at < width; at += 1) {
      gradient[at] += error * extended[at];
      for (let other = 0; other <= at; other += 1) {
        curvature[at * width + other] += weight * extended[at] * extended[other];
      }
    }
  }
  return { gradient, curvature };
}
