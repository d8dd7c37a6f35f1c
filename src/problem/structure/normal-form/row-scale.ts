/**
 * The unit of a row: the greatest number of which every bias is a whole multiple. Decimals and
 * fractions have no exact double, so a multiple is one to within the rounding of the numbers given;
 * the verdict on samples allows for the same rounding.
 */

/** How far a double may be from what it means, relative to it. */
const ROUNDING = 2e-15;
/** Multiples beyond this say nothing: any two numbers are multiples of a small enough unit. */
const MULTIPLE_MAX = 2 ** 26;
/** Where Euclid's algorithm on rounded numbers has reached 0. */
const ZERO_SHARE = 1e-10;

/** The unit of numbers that are not all 0; `undefined` where they have none. */
export function unitOf(values: Float64Array, from: number, to: number): number | undefined {
  let isIntegral = true;
  let unit = 0;
  for (let at = from; at < to && isIntegral; at += 1) {
    isIntegral = Number.isSafeInteger(values[at]);
    if (isIntegral && unit !== 1) unit = commonDivisor(unit, Math.abs(values[at]));
  }
  return isIntegral ? unit : fractionalUnit(values, from, to);
}

/** The greatest whole number up to `quotient`, or the one it falls short of by rounding alone. */
export function floorOf(quotient: number): number {
  return Math.floor(quotient + 2 * ROUNDING * Math.abs(quotient));
}

function commonDivisor(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}

function fractionalUnit(values: Float64Array, from: number, to: number): number | undefined {
  let largest = 0;
  for (let at = from; at < to; at += 1) largest = Math.max(largest, Math.abs(values[at]));
  let unit = 0;
  for (let at = from; at < to; at += 1) {
    unit = nearDivisor(unit, Math.abs(values[at]), ZERO_SHARE * largest);
    if (unit * MULTIPLE_MAX < largest) return undefined;
  }
  // Euclid's algorithm has piled up rounding; the largest value gives the unit back clean.
  unit = largest / Math.round(largest / unit);
  for (let at = from; at < to; at += 1) {
    const multiple = Math.round(values[at] / unit);
    if (Math.abs(values[at] - multiple * unit) > ROUNDING * Math.abs(values[at])) return undefined;
  }
  return unit;
}

function nearDivisor(a: number, b: number, zero: number): number {
  let [divisor, rest] = [a, b];
  while (rest > zero)
    [divisor, rest] = [rest, Math.abs(divisor - Math.round(divisor / rest) * rest)];
  return divisor;
}
