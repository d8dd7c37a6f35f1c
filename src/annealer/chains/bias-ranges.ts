/**
 * What biases a processor can set. A model is scaled as a whole so that it just fits: the larger
 * its biases, the less the noise matters.
 */
import type { Ising } from "../ising/ising.ts";

/** Least and greatest values, least below 0 and greatest above. */
export type Range = readonly [least: number, greatest: number];

/** The ranges of one processor, in its own units. */
export interface BiasRanges {
  readonly field: Range;
  readonly coupling: Range;
  /** Sum of the couplings at one qubit. */
  readonly qubitCouplings: Range;
}

/** Of an Advantage processor: `h_range`, `extended_j_range`, `per_qubit_coupling_range`. */
export const ADVANTAGE_RANGES: BiasRanges = Object.freeze({
  field: Object.freeze([-4, 4] as const),
  coupling: Object.freeze([-2, 1] as const),
  qubitCouplings: Object.freeze([-18, 15] as const),
});

/** The greatest factor by which all biases of `ising` stay in range; 1 where there are none. */
export function rangeScale(ising: Ising, ranges: BiasRanges): number {
  const sums = new Float64Array(ising.spinCount);
  let fullness = 0;
  const fill = (value: number, [least, greatest]: Range) => {
    fullness = Math.max(fullness, value / (value < 0 ? least : greatest));
  };
  for (const field of ising.fields) fill(field, ranges.field);
  ising.couplings.forEach((coupling, pair) => {
    fill(coupling, ranges.coupling);
    sums[ising.firsts[pair]] += coupling;
    sums[ising.seconds[pair]] += coupling;
  });
  for (const sum of sums) fill(sum, ranges.qubitCouplings);
  return fullness === 0 ? 1 : 1 / fullness;
}

/** The model times `factor`. */
export function scaled(ising: Ising, factor: number): Ising {
  return Object.freeze({
    ...ising,
    offset: ising.offset * factor,
    fields: ising.fields.map((field) => field * factor),
    couplings: ising.couplings.map((coupling) => coupling * factor),
  });
}
