/**
 * Rows with each number replaced by its bin, so that a tree looks for its splits in a histogram.
 */
import type { FeatureRows } from "../../kernels/rows.ts";

/** Bins of a feature, at most; with few rows there are fewer, for a split wants rows beside it. */
export const BINS = 32;
const ROWS_PER_BIN = 4;

/** Rows in bins. */
export interface BinnedRows {
  readonly count: number;
  readonly width: number;
  /** Row by row. */
  readonly bins: Uint8Array;
  /** Of each feature, the numbers below which a bin ends, ascending; one fewer than bins. */
  readonly edges: readonly Float64Array[];
}

/** Puts rows into bins of about equal numbers; equal numbers share one. */
export function binRows(rows: FeatureRows): BinnedRows {
  const { count, width, values } = rows;
  const edges = Array.from({ length: width }, (_, feature) =>
    edgesOf(Float64Array.from({ length: count }, (__, row) => values[row * width + feature])),
  );
  const bins = new Uint8Array(count * width);
  for (let at = 0; at < bins.length; at += 1) bins[at] = binOf(edges[at % width], values[at]);
  return { count, width, bins, edges };
}

function edgesOf(numbers: Float64Array): Float64Array {
  const distinct = [...new Set(numbers.sort())];
  const bins = Math.min(BINS, distinct.length, Math.ceil(numbers.length / ROWS_PER_BIN));
  const edges = new Set<number>();
  for (let bin = 1; bin < bins; bin += 1) {
    const at = Math.floor((bin * distinct.length) / bins);
    edges.add((distinct[at - 1] + distinct[at]) / 2);
  }
  return Float64Array.from(edges);
}

function binOf(edges: Float64Array, value: number): number {
  let bin = 0;
  while (bin < edges.length && value >= edges[bin]) bin += 1;
  return bin;
}
