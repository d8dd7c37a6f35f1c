/**
 * What a Gram matrix can be told by before anything is learnt from it: whether its values have
 * drawn together, whether it groups the rows as their classes do, and whether a quantum kernel sees
 * anything a classical one does not.
 *
 * Sources: concentration: S. Thanasilp et al., Nature Communications 15 (2024); alignment: C.
 * Cortes et al., J. Machine Learning Research 13 (2012); geometric difference and model
 * complexity: H.-Y. Huang et al., Nature Communications 12 (2021).
 */
import { centred } from "./centred.ts";
import { choleskyFactor, solveLower } from "./cholesky.ts";

/** How far the values off the diagonal lie apart. */
export interface Concentration {
  readonly mean: number;
  readonly variance: number;
  /** In how many directions the rows differ: (sum of eigenvalues)^2 over the sum of squares. */
  readonly effectiveRank: number;
  /**
   * Shots for each pair at which the noise of a measured fidelity is as large as the spread of all
   * fidelities; beyond what anybody would measure, the kernel has concentrated. Infinite where all
   * are alike.
   */
  readonly shotsMin: number;
}

/** Judges a Gram matrix of at least two rows. */
export function concentration(gram: Float64Array, size: number): Concentration {
  let [sum, squares, noise, trace] = [0, 0, 0, 0];
  for (let row = 0; row < size; row += 1) {
    trace += gram[row * size + row];
    for (let column = 0; column < row; column += 1) {
      const value = gram[row * size + column];
      sum += value;
      squares += value * value;
      noise += Math.max(0, value * (1 - value));
    }
  }
  const pairs = (size * (size - 1)) / 2;
  const mean = sum / pairs;
  const variance = Math.max(0, squares / pairs - mean * mean);
  const shotsMin = variance === 0 ? Number.POSITIVE_INFINITY : noise / pairs / variance;
  return { mean, variance, effectiveRank: trace ** 2 / squaredSum(gram), shotsMin };
}

/**
 * Centred kernel-target alignment: the correlation of a Gram matrix with the matrix that is 1 for
 * two rows of one class and 0 otherwise, both centred. 1 if the kernel knows the classes already;
 * 0 if there is one class alone.
 */
export function targetAlignment(gram: Float64Array, size: number, classes: Int32Array): number {
  const target = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      target[row * size + column] = classes[row] === classes[column] ? 1 : 0;
    }
  }
  const [a, b] = [centred(gram, size), centred(target, size)];
  let product = 0;
  for (let at = 0; at < a.length; at += 1) product += a[at] * b[at];
  const length = Math.sqrt(squaredSum(a) * squaredSum(b));
  return length > Number.EPSILON ? product / length : 0;
}

/**
 * The geometric difference g of a quantum kernel from a classical one: the square root of the
 * largest eigenvalue of sqrt(Q) (C + ridge)^-1 sqrt(Q), both scaled to traces of `size`. Where it
 * is far below the root of `size`, there are no labels the quantum kernel could be much better at.
 */
export function geometricDifference(
  quantum: Float64Array,
  classical: Float64Array,
  size: number,
  ridge: number,
): number {
  const factor = choleskyFactor(scaled(classical, size), size, ridge);
  // The same eigenvalue as of L^-1 Q L^-T, whose rows are two solves away.
  const half = solvedColumns(factor, scaled(quantum, size), size);
  const whole = solvedColumns(factor, half, size);
  return Math.sqrt(largestEigenvalue(whole, size));
}

/**
 * The model complexity s = y' (K + ridge)^-1 y of labels -1 and 1 under a kernel scaled to a trace
 * of `size`: the error expected of a model learnt from `size` rows falls with s / size.
 */
export function modelComplexity(
  gram: Float64Array,
  size: number,
  sides: Float64Array,
  ridge: number,
): number {
  const factor = choleskyFactor(scaled(gram, size), size, ridge);
  const right = sides.slice();
  solveLower(factor, size, right);
  return squaredSum(right);
}

function scaled(gram: Float64Array, size: number): Float64Array {
  let trace = 0;
  for (let row = 0; row < size; row += 1) trace += gram[row * size + row];
  return gram.map((value) => (value * size) / trace);
}

/** The transpose of L^-1 matrix. */
function solvedColumns(factor: Float64Array, matrix: Float64Array, size: number): Float64Array {
  const columns = transposed(matrix, size);
  for (let row = 0; row < size; row += 1) {
    solveLower(factor, size, columns.subarray(row * size, (row + 1) * size));
  }
  return columns;
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  const turned = new Float64Array(matrix.length);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      turned[column * size + row] = matrix[row * size + column];
    }
  }
  return turned;
}

const STEPS_MAX = 500;
const CHANGE_MIN = 1e-9;

/** Of a symmetric semidefinite matrix, by the power method. */
function largestEigenvalue(matrix: Float64Array, size: number): number {
  let vector = new Float64Array(size).fill(1);
  for (let at = 0; at < size; at += 1) vector[at] += at / size;
  let value = 0;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const image = new Float64Array(size);
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        image[row] += matrix[row * size + column] * vector[column];
      }
    }
    const length = Math.sqrt(squaredSum(image));
    const change = Math.abs(length - value);
    value = length;
    if (length === 0 || change < CHANGE_MIN * length) break;
    vector = image.map((entry) => entry / length);
  }
  return value;
}

function squaredSum(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
