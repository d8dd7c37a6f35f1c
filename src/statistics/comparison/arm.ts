/**
 * What one arm of an experiment showed, as sums from which everything else follows, and what a unit
 * of it contributes: the mean and the variance that comparisons work with.
 */
import { assert, unreachable } from "#foundation";
import { normalQuantile } from "../normal.ts";

/** Count, sum and sum of squares of one number per unit. */
export interface Sums {
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** Two numbers per unit: besides each one's sums, the sum of their products. */
export interface PairedSums {
  readonly count: number;
  readonly first: Sums;
  readonly second: Sums;
  readonly sumOfProducts: number;
}

/** One arm of a comparison. Both arms of one comparison are of one kind. */
export type Arm =
  /** A share of units. */
  | { readonly kind: "proportion"; readonly count: number; readonly successes: number }
  /** A mean over units. */
  | { readonly kind: "mean"; readonly sums: Sums }
  /** Total of the first over total of the second, where a unit may hold many of either. */
  | { readonly kind: "ratio"; readonly sums: PairedSums }
  /** A mean of the first, less what the second, known before the experiment, foretold (CUPED). */
  | { readonly kind: "adjusted-mean"; readonly sums: PairedSums }
  /** A quantile of `observations`, with the ends of its 95 % interval of order statistics. */
  | {
      readonly kind: "quantile";
      readonly observations: number;
      /** Observations the interval was taken from, which may be a sample. */
      readonly sampled: number;
      readonly value: number;
      readonly lower: number;
      readonly upper: number;
    };

/** An arm reduced to what comparisons need. */
export interface ArmMoments {
  readonly count: number;
  readonly mean: number;
  /** What differences are relative to: the mean, before any adjustment. */
  readonly base: number;
  /**
   * Variance of one unit's `weight` times its outcome, less what was foretold of it; with weight 1
   * of what `mean` is the mean of. Relative differences need other weights.
   */
  variance(weight: number): number;
}

/** Width of a 95 % interval in standard errors. */
const INTERVAL_SIGMAS = 2 * normalQuantile(0.975);

/**
 * The moments of two arms of one kind.
 *
 * Sources: A. Deng, U. Knoblich and J. Lu, KDD 2018 (ratios, by the delta method); A. Deng, Y. Xu,
 * R. Kohavi and T. Walker, WSDM 2013 (CUPED, with one coefficient for both arms).
 */
export function momentsOf(control: Arm, treated: Arm): readonly [ArmMoments, ArmMoments] {
  assert(control.kind === treated.kind, `arms of one kind, got ${control.kind}, ${treated.kind}`);
  if (control.kind !== "adjusted-mean" || treated.kind !== "adjusted-mean") {
    return [plainMoments(control), plainMoments(treated)];
  }
  const pooled = addPaired(control.sums, treated.sums);
  const spread = varianceOf(pooled.second);
  const slope = spread === 0 ? 0 : covarianceOf(pooled) / spread;
  return [adjustedMoments(control.sums, slope), adjustedMoments(treated.sums, slope)];
}

function plainMoments(arm: Arm): ArmMoments {
  switch (arm.kind) {
    case "proportion": {
      const mean = arm.successes / arm.count;
      return unadjusted(arm.count, mean, mean * (1 - mean));
    }
    case "mean": {
      const mean = arm.sums.sum / arm.sums.count;
      return unadjusted(arm.sums.count, mean, varianceOf(arm.sums));
    }
    case "ratio":
      return ratioMoments(arm.sums);
    case "adjusted-mean":
      return adjustedMoments(arm.sums, 0);
    case "quantile": {
      const { observations, sampled, value, lower, upper } = arm;
      const sigma = (upper - lower) / INTERVAL_SIGMAS;
      const variance = (sampled / observations) * (observations - 1) * sigma ** 2;
      return unadjusted(observations, value, variance);
    }
    default:
      return unreachable(arm);
  }
}

function ratioMoments(sums: PairedSums): ArmMoments {
  const { count, first, second } = sums;
  const above = first.sum / count;
  const below = second.sum / count;
  const mean = above / below;
  const variance =
    varianceOf(first) / below ** 2 +
    (varianceOf(second) * above ** 2) / below ** 4 -
    (2 * covarianceOf(sums) * above) / below ** 3;
  return unadjusted(count, mean, variance);
}

function adjustedMoments(sums: PairedSums, slope: number): ArmMoments {
  const { count, first, second } = sums;
  return {
    count,
    mean: (first.sum - slope * second.sum) / count,
    base: first.sum / count,
    variance: (weight) =>
      weight ** 2 * varianceOf(first) +
      slope ** 2 * varianceOf(second) -
      2 * weight * slope * covarianceOf(sums),
  };
}

function unadjusted(count: number, mean: number, variance: number): ArmMoments {
  return { count, mean, base: mean, variance: (weight) => weight ** 2 * variance };
}

function varianceOf({ count, sum, sumOfSquares }: Sums): number {
  return (sumOfSquares - sum ** 2 / count) / (count - 1);
}

function covarianceOf({ count, first, second, sumOfProducts }: PairedSums): number {
  return (sumOfProducts - (first.sum * second.sum) / count) / (count - 1);
}

function addPaired(a: PairedSums, b: PairedSums): PairedSums {
  return {
    count: a.count + b.count,
    first: addSums(a.first, b.first),
    second: addSums(a.second, b.second),
    sumOfProducts: a.sumOfProducts + b.sumOfProducts,
  };
}

function addSums(a: Sums, b: Sums): Sums {
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    sumOfSquares: a.sumOfSquares + b.sumOfSquares,
  };
}
