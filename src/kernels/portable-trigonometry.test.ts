/** Cosine and sine beside the engine's own, and where they must be exact. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { cosineAndSine } from "#kernels";

test.each([
  ["nothing", 0, 1, 0],
  ["the least angle", 5e-324, 1, 5e-324],
  ["so small that sine is the angle", -1e-9, 1, -1e-9],
  ["a quarter turn, as near as doubles come", Math.PI / 2, 6.123233995736766e-17, 1],
  ["half a turn", Math.PI, -1, 1.2246467991473532e-16],
  ["back half a turn", -Math.PI, -1, -1.2246467991473532e-16],
  ["three quarters", 1.5 * Math.PI, -1.8369701987210297e-16, -1],
])("%s", (_remark, angle, cosine, sine) => {
  const got = cosineAndSine(angle);
  expect(Math.abs(got.cosine - cosine)).toBeLessThanOrEqual(Math.abs(cosine) * 1e-14);
  expect(Math.abs(got.sine - sine)).toBeLessThanOrEqual(Math.abs(sine) * 1e-14);
});

test.each([
  ["one turn", 2 * Math.PI],
  ["many turns", 1000],
  ["the largest angles allowed", 1e6],
])("stays within 2^-52 of the engine's own: %s", (_remark, max) => {
  const angles = fc.double({ min: -max, max, noNaN: true });
  const check = (angle: number) => {
    const { cosine, sine } = cosineAndSine(angle);
    expect(Math.abs(cosine - Math.cos(angle))).toBeLessThanOrEqual(2 ** -52);
    expect(Math.abs(sine - Math.sin(angle))).toBeLessThanOrEqual(2 ** -52);
  };
  fc.assert(fc.property(angles, check), { numRuns: 20_000, seed: 2 });
});
