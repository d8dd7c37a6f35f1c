/**
 * The Cholesky factor of a positive definite matrix, and equations solved with it.
 */
import { assert } from "#foundation";

/**
 * The lower triangle L, row by row, with L L' = matrix + ridge on the diagonal; the lower triangle
 * of `matrix`, size x size, is read. The sum must be positive definite.
 */
export function choleskyFactor(matrix: Float64Array, size: number, ridge: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * size + column] + (row === column ? ridge : 0);
      for (let k = 0; k < column; k += 1) {
        sum -= factor[row * size + k] * factor[column * size + k];
      }
      if (row === column) assert(sum > 0, `pivot ${row}: expected it above 0, got ${sum}`);
      factor[row * size + column] =
        row === column ? Math.sqrt(sum) : sum / factor[column * size + column];
    }
  }
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
    right[row] /= factor[row * size + row];
    for (let k = 0; k < row; k += 1) right[k] -= factor[row * size + k] * right[row];
  }
}
