/**
 * The gamma function and its incomplete integrals, from which the normal, chi-square, gamma and
 * Poisson distributions are made.
 */
import { AssertionError, assert } from "#foundation";

/** Terms of a series or fraction before it must have settled; the slowest need some 8 sqrt(a). */
const TERMS_MAX = 100_000;
const EPSILON = Number.EPSILON;
/** Keeps a continued fraction from dividing by 0. */
const TINY = 1e-300;

/** Coefficients for g = 7, n = 9, constant term first. */
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

/**
 * The natural logarithm of the gamma function of `x` > 0; about 15 digits.
 *
 * Source: C. Lanczos, SIAM J. Numerical Analysis 1 (1964), with the coefficients of P. Godfrey.
 */
export function logGamma(x: number): number {
  assert(x > 0, `logGamma: expected an argument above 0, got ${x}`);
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum: number = LANCZOS[0];
  for (let term = 1; term < LANCZOS.length; term += 1) sum += LANCZOS[term] / (shifted + term);
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/**
 * The regularised incomplete gamma integrals of `shape` > 0 at `x` >= 0: the share below `x` and
 * the share above, each accurate where it is the smaller.
 *
 * Source: NIST Digital Library of Mathematical Functions, 8.11.4 (series) and 8.9.2 (fraction).
 */
export function incompleteGamma(
  shape: number,
  x: number,
): { readonly below: number; readonly above: number } {
  if (x <= 0) return { below: 0, above: 1 };
  if (x === Number.POSITIVE_INFINITY) return { below: 1, above: 0 };
  const scale = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    const below = Math.min(1, scale * lowerSeries(shape, x));
    return { below, above: 1 - below };
  }
  const above = Math.min(1, scale * upperFraction(shape, x));
  return { below: 1 - above, above };
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let index = 1; index < TERMS_MAX; index += 1) {
    term *= x / (shape + index);
    sum += term;
    if (term < sum * EPSILON) return sum;
  }
  throw settlesNever("series", shape, x);
}

/** Lentz's method. */
function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / b;
  let product = d;
  for (let index = 1; index < TERMS_MAX; index += 1) {
    const a = -index * (index - shape);
    b += 2;
    d = 1 / away(a * d + b);
    c = away(b + a / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < 2 * EPSILON) return product;
  }
  throw settlesNever("fraction", shape, x);
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

function settlesNever(what: string, shape: number, x: number): AssertionError {
  return new AssertionError(`incomplete gamma ${what} of (${shape}, ${x}): expected to settle`);
}
