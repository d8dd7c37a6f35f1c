/** A quadratic function of binary variables, for one-flip search: without constraints, dense. */
import { assert } from "#foundation";

/** sum_i linear[i] x_i + sum_{i<j} bias_ij x_i x_j, to be made small; any sign. */
export interface BinaryQuadratic {
  readonly size: number;
  readonly linear: Float64Array;
  /** Interactions of i with j > i: entries `starts[i]` up to but excluding `starts[i + 1]`. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly biases: Float64Array;
}

/** Refuses arrays of the wrong length and interactions of a variable with itself. */
export function assertBinaryQuadratic(instance: BinaryQuadratic): void {
  const { size, linear, starts, columns, biases } = instance;
  assert(linear.length === size, `linear: expected ${size}, got ${linear.length}`);
  assert(starts.length === size + 1, `starts: expected ${size + 1}, got ${starts.length}`);
  assert(columns.length === biases.length, "as many columns as biases");
  for (let first = 0; first < size; first += 1) {
    for (let entry = starts[first]; entry < starts[first + 1]; entry += 1) {
      assert(columns[entry] > first && columns[entry] < size, "columns: expected first < second");
    }
  }
}

/** Whether `values` has a 0 or 1 for every variable. */
export function isBinarySample({ size }: BinaryQuadratic, values: Uint8Array): boolean {
  return values.length === size && values.every((value) => value <= 1);
}
