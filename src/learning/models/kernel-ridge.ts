/**
 * Kernel ridge regression on sides -1 and 1, used as a classifier (least-squares support vector
 * machine without an equation for the bias, which is the mean side).
 *
 * Source: J. Suykens and J. Vandewalle, Neural Processing Letters 9 (1999).
 */
import { choleskyFactor, solveLower, solveUpper } from "../kernels/analysis/cholesky.ts";
import type { DualScore } from "./dual-score.ts";

/** Learns from a semidefinite Gram matrix, size x size; `ridge` above 0 holds the weights down. */
export function fitKernelRidge(
  gram: Float64Array,
  size: number,
  sides: Float64Array,
  ridge: number,
): DualScore {
  const bias = sides.reduce((sum, side) => sum + side, 0) / Math.max(1, size);
  const weights = sides.map((side) => side - bias);
  const factor = choleskyFactor(gram, size, ridge);
  solveLower(factor, size, weights);
  solveUpper(factor, size, weights);
  return { weights, bias };
}
