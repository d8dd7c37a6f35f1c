/**
 * The contract of a kernel function: how alike two rows of data are. Every kernel here is an
 * embedding of each row, done once and kept, and a comparison of two embeddings. So it is seen what
 * a prediction costs, and a row that is known already is not prepared again.
 */
import { assert } from "#foundation";
import type { FeatureRows } from "./rows.ts";

/** A symmetric, positive semidefinite measure of likeness. */
export interface KernelFunction {
  /** What is kept of each row: a quantum state, expectation values, or the row itself. */
  embed(rows: FeatureRows): FeatureRows;
  /** The likeness of two embedded rows, those at `first` in `a` and `second` in `b`. */
  compare(a: FeatureRows, first: number, b: FeatureRows, second: number): number;
}

/** The likeness of all of `a` to all of `b`, both embedded: a.count x b.count, row by row. */
export function crossMatrix(kernel: KernelFunction, a: FeatureRows, b: FeatureRows): Float64Array {
  assert(a.width === b.width, `embeddings: expected ${a.width} numbers, got ${b.width}`);
  const matrix = new Float64Array(a.count * b.count);
  for (let row = 0; row < a.count; row += 1) {
    for (let column = 0; column < b.count; column += 1) {
      matrix[row * b.count + column] = kernel.compare(a, row, b, column);
    }
  }
  return matrix;
}

/** The likeness of all of `rows`, embedded, to each other: the Gram matrix, row by row. */
export function gramMatrix(kernel: KernelFunction, rows: FeatureRows): Float64Array {
  const { count } = rows;
  const gram = new Float64Array(count * count);
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const value = kernel.compare(rows, row, rows, column);
      gram[row * count + column] = value;
      gram[column * count + row] = value;
    }
  }
  return gram;
}
