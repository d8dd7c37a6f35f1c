/**
 * The interval around a mean of independent runs.
 */
import { studentT } from "./distributions/continuous.ts";
import type { Estimate } from "./estimate.ts";

/** What a mean can be at all; anything if it is not said. */
export type MeanRange = readonly [least: number, most: number];

const ANYTHING: MeanRange = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/**
 * The mean of independent replications with its interval by Student's t: A. M. Law, "Simulation
 * modeling and analysis" (2015), section 9.5.1. At least two values. The interval keeps to what a
 * mean can be, which takes nothing from how often it covers: what is cut off is never true.
 */
export function meanEstimate(
  values: readonly number[],
  level: number,
  [least, most]: MeanRange = ANYTHING,
): Estimate {
  const count = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / count;
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  const half =
    Math.sqrt(squares / (count - 1) / count) * studentT(count - 1).quantile((1 + level) / 2);
  return {
    value,
    lower: Math.max(least, value - half),
    upper: Math.min(most, value + half),
    level,
  };
}
