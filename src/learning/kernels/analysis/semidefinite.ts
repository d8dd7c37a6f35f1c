/**
 * Kernel matrices estimated from measurements: what shots do to them, and how they are made
 * positive semidefinite again, which every model that learns from them relies on.
 *
 * Source: N. Higham, Linear Algebra and its Applications 103 (1988): clipping the negative
 * eigenvalues gives the nearest semidefinite matrix in Frobenius norm.
 */
import type { RandomStream } from "#foundation";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** A matrix without negative eigenvalues, and how it came about. */
export interface Repair {
  readonly matrix: Float64Array;
  /** How many eigenvalues were below 0, and the least of all. */
  readonly clipped: number;
  readonly least: number;
}

/** The semidefinite matrix nearest to `matrix`, symmetric and size x size. */
export function nearestSemidefinite(matrix: Float64Array, size: number): Repair {
  const { values, vectors } = symmetricEigen(matrix, size);
  const repaired = new Float64Array(size * size);
  for (let rank = 0; rank < size; rank += 1) {
    if (values[rank] > 0) addOuterProduct(repaired, size, values[rank], vectors, rank * size);
  }
  const clipped = values.filter((value) => value < 0).length;
  return { matrix: repaired, clipped, least: size === 0 ? 0 : values[0] };
}

/**
 * What `shots` measurements of each pair show of a Gram matrix of fidelities: off the diagonal,
 * the share of shots that came out 0...0.
 */
export function measuredGram(
  gram: Float64Array,
  size: number,
  shots: number,
  random: RandomStream,
): Float64Array {
  const measured = gram.slice();
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) {
      const value = gram[row * size + column];
      let hits = 0;
      for (let shot = 0; shot < shots; shot += 1) if (random.unit() < value) hits += 1;
      measured[row * size + column] = hits / shots;
      measured[column * size + row] = hits / shots;
    }
  }
  return measured;
}

function addOuterProduct(
  into: Float64Array,
  size: number,
  weight: number,
  vectors: Float64Array,
  from: number,
): void {
  for (let row = 0; row < size; row += 1) {
    const scaled = weight * vectors[from + row];
    for (let column = 0; column < size; column += 1) {
      into[row * size + column] += scaled * vectors[from + column];
    }
  }
}
