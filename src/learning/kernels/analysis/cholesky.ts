/**
 * The Cholesky factor of a positive definite matrix, and equations solved with it.
 */
import { assert } from "#foundation";

/**
 * Writes to `factor` the lower triangle L, row by row, with L L' = matrix + ridge on the diagonal;
 * the lower triangle of `matrix`, size x size, is read. Where rounding leaves no pivot above 0 the
 * pivot is infinite, which solves for 0 in that direction.
 */
export function factorLower(
  matrix: Float64Array,
  size: number,
  ridge: number,
  factor: Float64Array,
): void {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * size + column] + (row === column ? ridge : 0);
      for (let k = 0; k < column; k += 1) {
        sum -= factor[row * size + k] * factor[column * size + k];
      }
      factor[row * size + column] =
        row !== column ? sum / factor[column * size + column] : sum > 0 ? Math.sqrt(sum) : Infinity;
    }
  }
}

/** The factor as {@link factorLower} writes it; the sum must be positive definite. */
export function choleskyFactor(matrix: Float64Array, size: number, ridge: number): Float64Array {
  const factor = new Float64Array(size * size);
  factorLower(matrix, size, ridge, factor);
  const flat = factor.findIndex((entry, at) => at % (size + 1) === 0 && entry === Infinity);
  assert(flat < 0, `pivot ${flat / (size + 1)}: expected it above 0, got none`);
  return factor;
}

/** Replaces `right` by the solution of L x = right. */
export function solveLower(factor: Float64Array, size: number, right: Float64Array): void {
  for (let row = 0; row < size; row += 1) {
    let sum = right[row];
    for (let k = 0; k < row; k += 1) sum -= factor[row * size + k] * right[k];
    right[row] = sum / factor[row * size + row];
  }
}

/** Replaces `right` by the solution of L' x = right. */
export function solveUpper(factor: Float64Array, size: number, right: Float64Array): void {
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = right[row];
    for (let k = row + 1; k < size; k += 1) sum -= factor[k * size + row] * right[k];
    right[row] = sum / factor[row * size + row];
  }
}
