/**
 * Gram matrices about their mean: as if every row had been moved so that all sum to nothing.
 */

/** The doubly centred matrix, size x size: rows and columns sum to 0. */
export function centred(matrix: Float64Array, size: number): Float64Array {
  const means = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) means[row] += matrix[row * size + column];
    means[row] /= size;
  }
  const all = means.reduce((sum, mean) => sum + mean, 0) / size;
  return matrix.map((value, at) => value - means[Math.floor(at / size)] - means[at % size] + all);
}
