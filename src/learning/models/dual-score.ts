/**
 * What kernel models come to: the side a row is on, from its likeness to the rows learnt from.
 */

/** bias + sum of weights times likeness; above 0 is the side of the 1s. */
export interface DualScore {
  /** One for each row learnt from; 0 where the row is not needed. */
  readonly weights: Float64Array;
  readonly bias: number;
}
