/**
 * A row of a normal form read as a capacity: weights of at least 0 that stay within so much. Where
 * a weight is negative, leaving the column out is what takes room; the column is turned round.
 */

import type { NormalForm } from "./normal-form/normal-form.ts";
import { isOneSided } from "./row-roles.ts";

/** Room for rounding where weights are not whole, relative to what the capacity is made of. */
const ROUNDING = 1e-12;

/** One capacity, over all columns. */
export interface CapacityRow {
  /** Which columns are turned round: packed means 0. */
  readonly isTurned: Uint8Array;
  /** Per column; 0 where the row has none. */
  readonly weights: Float64Array;
  readonly capacity: number;
  /** Whether the weights must fill the capacity exactly. */
  readonly isExact: boolean;
}

/** Reads row `row`; `undefined` where it is bounded on both sides apart. */
export function capacityRow(form: NormalForm, row: number): CapacityRow | undefined {
  const { rows, columnCount, reaches } = form;
  const isExact = rows.lows[row] === rows.highs[row];
  if (!isExact && !isOneSided(form, row)) return undefined;
  const sign = rows.highs[row] < Number.POSITIVE_INFINITY ? 1 : -1;
  let capacity = sign > 0 ? rows.highs[row] : -rows.lows[row];
  let magnitude = Math.abs(capacity);
  const isTurned = new Uint8Array(columnCount);
  const weights = new Float64Array(columnCount);
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    const column = rows.columns[entry];
    const weight = sign * rows.biases[entry];
    weights[column] = Math.abs(weight);
    if (weight > 0) continue;
    isTurned[column] = 1;
    capacity -= weight * reaches[column];
    magnitude = Math.max(magnitude, Math.abs(capacity));
  }
  capacity = withRoundingRoom(form, row, capacity, magnitude);
  return { isTurned, weights, capacity, isExact };
}

/**
 * The capacity with room for what sums of weights can differ by that are not whole; `magnitude` is
 * the size of the numbers it was computed from.
 */
export function withRoundingRoom(
  { rows }: NormalForm,
  row: number,
  capacity: number,
  magnitude: number,
): number {
  return rows.isWhole[row] === 1 ? capacity : capacity + ROUNDING * magnitude;
}
