/**
 * The instance that the exact kernels of small quadratic problems work on, to be made small:
 * sum_i linear[i] x_i + square[i] x_i^2 + sum_{i<j} biases[i, j] x_i x_j, plus what soft rows
 * cost. Every variable takes one of `counts[i]` values, `lower[i]`, `lower[i] + step[i]`, ...
 */

/** One row: lower <= linear part + sum of products <= upper. */
export interface QuadraticRow {
  readonly columns: Int32Array;
  readonly biases: Float64Array;
  /** Products: firsts <= seconds. */
  readonly firsts: Int32Array;
  readonly seconds: Int32Array;
  readonly pairBiases: Float64Array;
  readonly lower: number;
  readonly upper: number;
  /** Infinite where the row must hold; else what a unit of violation costs. */
  readonly weight: number;
  /** Whether the violation is squared first. */
  readonly isSquared: boolean;
  /** Distances up to this are rounding. */
  readonly tolerance: number;
}

/** A small quadratic problem. */
export interface QuadraticInstance {
  readonly size: number;
  readonly lower: Int32Array;
  readonly step: Int32Array;
  readonly counts: Int32Array;
  readonly linear: Float64Array;
  readonly square: Float64Array;
  /** size x size, symmetric, zero on the diagonal; each product stands in both places. */
  readonly biases: Float64Array;
  readonly rows: readonly QuadraticRow[];
  /** An objective must be better by more than this to count as better. */
  readonly margin: number;
}

/** How a kernel talks to its caller. */
export interface QuadraticWatch {
  /**
   * Judges a sample that looks feasible and better: its exact objective, or `undefined` when it is
   * not feasible after all.
   */
  readonly judge: (values: Int32Array) => number | undefined;
  /** Counts work; true once the run has to end. */
  readonly spend: (work: number) => boolean;
}

/** What it costs that the left side of `row` lies between `least` and `most`, at least. */
export function rowCost(row: QuadraticRow, least: number, most: number): number {
  const distance = least - row.upper > row.lower - most ? least - row.upper : row.lower - most;
  if (distance <= row.tolerance) return 0;
  return row.weight * (row.isSquared && row.weight < Infinity ? distance * distance : distance);
}

/** The least value of the objective's terms that touch variables below `end`, whatever the rest. */
export function leastOfTerms(instance: QuadraticInstance, end: number): number {
  const { size, lower, step, counts, biases } = instance;
  const upper = (i: number) => lower[i] + step[i] * (counts[i] - 1);
  let total = 0;
  for (let i = 0; i < end; i += 1) {
    let least = Infinity;
    for (let k = 0; k < counts[i]; k += 1) {
      const value = lower[i] + step[i] * k;
      least = Math.min(least, value * (instance.linear[i] + instance.square[i] * value));
    }
    total += least;
    for (let j = i + 1; j < size; j += 1) {
      const bias = biases[i * size + j];
      if (bias === 0) continue;
      const corners = [lower[i] * lower[j], lower[i] * upper(j), upper(i) * lower[j]];
      total += Math.min(...[...corners, upper(i) * upper(j)].map((corner) => bias * corner));
    }
  }
  return total;
}
