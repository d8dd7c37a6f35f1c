/**
 * Roots of monotone functions, by which distribution functions are turned round.
 */
import { AssertionError, assert } from "#foundation";

const STEPS_MAX = 200;

/**
 * Where `f` crosses 0 between `low` and `high`, at whose ends it has opposite signs; to the last
 * place of a double.
 *
 * Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997).
 */
export function rootBetween(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [fa, fb] = [f(a), f(b)];
  assert(fa * fb <= 0, `rootBetween: expected a change of sign, got ${fa} and ${fb}`);
  let [c, fc] = [a, fa];
  let share = 0.5;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const x = a + share * (b - a);
    const fx = f(x);
    if (Math.sign(fx) === Math.sign(fa)) [c, fc] = [a, fa];
    else [c, b, fc, fb] = [b, a, fb, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const tolerance = (2 * Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - c);
    if (tolerance > 0.5 || fa === 0 || fb === 0) return best;
    share = Math.min(1 - tolerance, Math.max(tolerance, nextShare([a, fa], [b, fb], [c, fc])));
  }
  return a;
}

type Point = readonly [x: number, f: number];

/** Inverse quadratic interpolation where it can be trusted, bisection elsewhere. */
function nextShare([a, fa]: Point, [b, fb]: Point, [c, fc]: Point): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  if (!(phi * phi < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5;
  return (
    (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
  );
}

/** Doubles the distance from `start` until `isPast` holds; the first such x. */
export function reach(isPast: (x: number) => boolean, start: number, step: number): number {
  for (let distance = step; Number.isFinite(distance); distance *= 2) {
    if (isPast(start + distance)) return start + distance;
  }
  throw new AssertionError(`expected an end beyond ${start}, got none`);
}
