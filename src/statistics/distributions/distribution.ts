/**
 * The contract of a probability distribution. Tails are asked for by name, `cdf` below and
 * `survival` above, because one minus the other has lost its digits where p-values live.
 */

/** A distribution on the real line. */
export interface Distribution {
  readonly mean: number;
  readonly variance: number;
  /** P(X <= x). */
  cdf(x: number): number;
  /** P(X > x), accurate where it is small. */
  survival(x: number): number;
  /** The least x with `cdf(x) >= probability`; `probability` in (0, 1). */
  quantile(probability: number): number;
}
