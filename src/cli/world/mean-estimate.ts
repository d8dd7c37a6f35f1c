/**
 * The interval around a mean of independent runs.
 */
import { type Estimate, studentT } from "#statistics";

/**
 * The mean of independent replications with its interval by Student's t: A. M. Law, "Simulation
 * modeling and analysis" (2015), section 9.5.1. At least two values.
 */
export function meanEstimate(values: readonly number[], level: number): Estimate {
  const count = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / count;
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  const half =
    Math.sqrt(squares / (count - 1) / count) * studentT(count - 1).quantile((1 + level) / 2);
  return { value, lower: value - half, upper: value + half, level };
}
