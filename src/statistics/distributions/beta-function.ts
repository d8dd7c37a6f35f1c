/**
 * The regularised incomplete beta integral, from which Student's t, the beta and the binomial
 * distribution are made.
 */
import { AssertionError, assert } from "#foundation";
import { logGamma } from "./gamma-function.ts";

const TERMS_MAX = 100_000;
const EPSILON = Number.EPSILON;
/** Keeps a continued fraction from dividing by 0. */
const TINY = 1e-300;

/**
 * The share of the beta distribution of `a`, `b` > 0 below `x`, whose distance from 1 is `rest`
 * (given apart because `1 - x` would lose the digits of a small one).
 *
 * Source: NIST Digital Library of Mathematical Functions, 8.17.22 with 8.17.4.
 */
export function incompleteBeta(a: number, b: number, x: number, rest = 1 - x): number {
  assert(a > 0 && b > 0, `incompleteBeta: expected parameters above 0, got ${a} and ${b}`);
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const logScale =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(rest);
  const scale = Math.exp(logScale);
  // The fraction settles fast on the near side of the mean only.
  return x < (a + 1) / (a + b + 2)
    ? Math.min(1, (scale * fraction(a, b, x)) / a)
    : 1 - Math.min(1, (scale * fraction(b, a, rest)) / b);
}

/** Lentz's method, two steps a turn. */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m < TERMS_MAX; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    product *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < 2 * EPSILON) return product;
  }
  throw new AssertionError(`incomplete beta fraction of (${a}, ${b}, ${x}): expected to settle`);
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
