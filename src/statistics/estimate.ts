/**
 * Estimates: a number never travels without the interval around it and how much that interval is
 * meant to cover.
 */

/** A point estimate between the ends of its confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Confidence level, e.g. 0.95. */
  readonly level: number;
}
