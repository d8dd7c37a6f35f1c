/**
 * The two steps of subspace iteration on a sparse symmetric matrix: multiply a block of columns,
 * and make its columns orthonormal again.
 */

/** A symmetric matrix by rows; both halves are stored. */
export interface SymmetricSparse {
  readonly size: number;
  /** Row i: entries `offsets[i]` up to but excluding `offsets[i + 1]` of `others` and `values`. */
  readonly offsets: Int32Array;
  readonly others: Int32Array;
  readonly values: Float64Array;
}

/** matrix * block, where `block` has `width` columns and is row-major. */
export function multiply(
  { size, offsets, others, values }: SymmetricSparse,
  block: Float64Array,
  width: number,
): Float64Array {
  const product = new Float64Array(size * width);
  for (let row = 0; row < size; row += 1) {
    const into = row * width;
    for (let entry = offsets[row]; entry < offsets[row + 1]; entry += 1) {
      const from = others[entry] * width;
      const value = values[entry];
      for (let axis = 0; axis < width; axis += 1)
        product[into + axis] += value * block[from + axis];
    }
  }
  return product;
}

/**
 * Makes the columns of `block` (`size` rows, row-major) orthonormal in place, by modified
 * Gram-Schmidt. A column that depends on the ones before it becomes 0.
 */
export function orthonormalise(block: Float64Array, size: number, width: number): void {
  for (let column = 0; column < width; column += 1) {
    const before = columnLength(block, size, width, column);
    for (let earlier = 0; earlier < column; earlier += 1) {
      let dot = 0;
      for (let row = 0; row < size; row += 1) {
        dot += block[row * width + column] * block[row * width + earlier];
      }
      for (let row = 0; row < size; row += 1) {
        block[row * width + column] -= dot * block[row * width + earlier];
      }
    }
    const length = columnLength(block, size, width, column);
    const scale = length > 1e-10 * before ? 1 / length : 0;
    for (let row = 0; row < size; row += 1) block[row * width + column] *= scale;
  }
}

function columnLength(block: Float64Array, size: number, width: number, column: number): number {
  let squares = 0;
  for (let row = 0; row < size; row += 1) squares += block[row * width + column] ** 2;
  return Math.sqrt(squares);
}
