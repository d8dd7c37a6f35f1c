/**
 * Ratios of totals over clustered observations: a customer's baskets resemble each other, so
 * customers, not baskets, are drawn again. A mean is the ratio with denominators 1; a paired
 * difference is the ratio with the difference of the two numerators.
 */
import { assert, type RandomStream } from "#foundation";
import type { Estimate } from "./estimate.ts";
import { quantile } from "./quantile.ts";

/** Parallel arrays, one entry per observation. */
export interface RatioSample {
  readonly numerators: ArrayLike<number>;
  readonly denominators: ArrayLike<number>;
  /** Which cluster each observation belongs to. */
  readonly clusters: ArrayLike<number>;
}

/**
 * sum(numerators) / sum(denominators) with the percentile bootstrap interval over clusters. The
 * same stream gives the same interval.
 *
 * Source: A. C. Davison and D. V. Hinkley, "Bootstrap methods and their application" (1997),
 * sections 3.8 and 5.3.
 */
export function clusteredRatio(
  sample: RatioSample,
  random: RandomStream,
  { level = 0.95, resamples = 2000 }: { readonly level?: number; readonly resamples?: number } = {},
): Estimate {
  const [above, below] = clusterTotals(sample);
  assert(above.length > 0, "at least one observation");
  const draws = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw += 1) {
    let numerator = 0;
    let denominator = 0;
    for (let pick = 0; pick < above.length; pick += 1) {
      const cluster = random.below(above.length);
      numerator += above[cluster];
      denominator += below[cluster];
    }
    draws[draw] = numerator / denominator;
  }
  draws.sort();
  return {
    value: total(above) / total(below),
    lower: quantile(draws, (1 - level) / 2),
    upper: quantile(draws, (1 + level) / 2),
    level,
  };
}

function clusterTotals({ numerators, denominators, clusters }: RatioSample): [number[], number[]] {
  const places = new Map<number, number>();
  const above: number[] = [];
  const below: number[] = [];
  for (let at = 0; at < clusters.length; at += 1) {
    const place = places.get(clusters[at]) ?? places.size;
    places.set(clusters[at], place);
    assert(denominators[at] > 0, "denominators above 0");
    above[place] = (above[place] ?? 0) + numerators[at];
    below[place] = (below[place] ?? 0) + denominators[at];
  }
  return [above, below];
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
