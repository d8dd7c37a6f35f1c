/**
 * Rows of numbers: what kernels compare and models learn from.
 */
import { assert } from "#foundation";

/** `count` rows of `width` numbers each, row by row. */
export interface FeatureRows {
  readonly count: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Rows over `values`, which are not copied. */
export function featureRows(count: number, width: number, values: Float64Array): FeatureRows {
  const [expected, got] = [count * width, values.length];
  assert(expected === got, `rows: expected ${expected} numbers, got ${got}`);
  return { count, width, values };
}

/** The rows at `indices`, in that order. */
export function takeRows({ width, values }: FeatureRows, indices: Int32Array): FeatureRows {
  const taken = new Float64Array(indices.length * width);
  for (let at = 0; at < indices.length; at += 1) {
    const from = indices[at] * width;
    taken.set(values.subarray(from, from + width), at * width);
  }
  return { count: indices.length, width, values: taken };
}
