/**
 * The normal quantile against published values and against its own inverse, integrated
 * independently.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "./normal.ts";

describe("normalQuantile", () => {
  // Wichura (1988), section "Test data", and the usual table of critical values.
  it.each([
    [0.5, 0, "the median"],
    [0.25, -0.6744897501960817, "AS 241 test value"],
    [0.001, -3.090232306167814, "AS 241 test value"],
    [1e-20, -9.262340089798409, "AS 241 test value, the far tail"],
    [0.975, 1.959963984540054, "95 % two-sided"],
    [0.995, 2.5758293035489004, "99 % two-sided"],
  ])("at %f is %f: %s", (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 12);
  });

  it("undoes the distribution function", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (probability) => {
        expect(distribution(normalQuantile(probability))).toBeCloseTo(probability, 9);
      }),
    );
  });

  it.each([0, 1, -0.1, Number.NaN])("refuses %f", (probability) => {
    expect(() => normalQuantile(probability)).toThrow("a probability in (0, 1)");
  });
});

/** The distribution function by Simpson's rule from 0. */
function distribution(x: number): number {
  const steps = 2000;
  const width = x / steps;
  let sum = 0;
  for (let step = 0; step <= steps; step += 1) {
    const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((step * width) ** 2) / 2);
  }
  return 0.5 + (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}
