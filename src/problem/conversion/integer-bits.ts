/**
 * Integers as sums of bits: 1, 2, 4, ... and a last coefficient that makes the greatest sum exactly
 * the range, so that every value has an encoding and no encoding leaves the range.
 */

/** Coefficients whose subset sums are exactly 0 to `range`; none for a range of 0. */
export function bitCoefficients(range: number): number[] {
  const coefficients: number[] = [];
  let rest = range;
  for (let power = 1; rest > 0; power *= 2) {
    const coefficient = Math.min(power, rest);
    coefficients.push(coefficient);
    rest -= coefficient;
  }
  return coefficients;
}
