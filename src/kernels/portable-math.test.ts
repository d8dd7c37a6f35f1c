/**
 * The portable functions beside the engine's own, over the full range, and at the edges of doubles.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { exp, exp2, log } from "#kernels";

const edges: readonly (readonly [string, number | boolean, number | boolean])[] = [
  ["e^0 is exactly 1", exp(0), 1],
  ["the largest argument has a finite result", exp(709.782_712_893_384) < Infinity, true],
  ["one step beyond overflows", exp(709.782_712_893_384_1), Number.POSITIVE_INFINITY],
  ["the least argument with a positive result", exp(-745.133_219_101_941_1), Number.MIN_VALUE],
  ["below it nothing is left", exp(-745.14), 0],
  ["e^-Infinity", exp(Number.NEGATIVE_INFINITY), 0],
  ["e^Infinity", exp(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY],
  ["e^NaN", exp(Number.NaN), Number.NaN],
  ["the least power of two", exp2(-1074), Number.MIN_VALUE],
  ["half of it ties to even, which is zero", exp2(-1075), 0],
  ["the last exponent", exp2(1023), 2 ** 1023],
  ["2^1024 overflows", exp2(1024), Number.POSITIVE_INFINITY],
  ["2^-Infinity", exp2(Number.NEGATIVE_INFINITY), 0],
  ["2^NaN", exp2(Number.NaN), Number.NaN],
  ["ln 1 is exactly 0", log(1), 0],
  ["ln 0", log(0), Number.NEGATIVE_INFINITY],
  ["ln -0", log(-0), Number.NEGATIVE_INFINITY],
  ["ln of a negative number", log(-1), Number.NaN],
  ["ln Infinity", log(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY],
  ["ln NaN", log(Number.NaN), Number.NaN],
];

test.each(edges)("%s", (_remark, got, expected) => {
  expect(got).toBe(expected);
});

test("powers of two are exact for every integer exponent", () => {
  for (let exponent = -1074; exponent <= 1023; exponent += 1) {
    expect(exp2(exponent)).toBe(2 ** exponent);
  }
});

// One unit for ours and one for the engine's, which is allowed to differ from machine to machine.
const UNITS_MAX = 2;

test.each([
  ["exp over its range", exp, Math.exp, fc.double({ min: -746, max: 710, noNaN: true })],
  ["exp near 0", exp, Math.exp, fc.double({ min: -1, max: 1, noNaN: true })],
  [
    "exp2 over its range",
    exp2,
    (x: number) => 2 ** x,
    fc.double({ min: -1075, max: 1024, noNaN: true }),
  ],
  ["log over every positive double", log, Math.log, fc.double({ min: 5e-324, noNaN: true })],
  ["log near 1", log, Math.log, fc.double({ min: 0.5, max: 2, noNaN: true })],
])("%s stays beside the engine's own", (_remark, ours, theirs, range) => {
  fc.assert(
    fc.property(range, (x) => {
      expect(unitsApart(ours(x), theirs(x))).toBeLessThanOrEqual(UNITS_MAX);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});

/** How many doubles lie between `a` and `b`. */
function unitsApart(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  return Math.abs(Number(ordinal(a) - ordinal(b)));
}

function ordinal(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigInt64(0);
  return word < 0n ? -(word & 0x7fff_ffff_ffff_ffffn) : word;
}
