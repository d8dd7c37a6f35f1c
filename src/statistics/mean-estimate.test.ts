/** The interval of a mean against the table of Student's t, and within what a mean can be. */
import { describe, expect, test } from "vitest";
import { meanEstimate } from "./mean-estimate.ts";

describe("the interval around a mean", () => {
  test.each([
    // Two-sided 5 % points of Student's t: 12.706 with 1 degree of freedom, 2.776 with 4.
    ["two runs", [1, 3], 2, 12.706],
    ["five runs", [1, 2, 3, 4, 5], 3, 2.776 * Math.sqrt(2.5 / 5)],
    ["runs that agree", [7, 7, 7], 7, 0],
  ])("%s", (_remark, values, mean, half) => {
    const { value, lower, upper, level } = meanEstimate(values, 0.95);
    expect([value, level]).toEqual([mean, 0.95]);
    expect(lower).toBeCloseTo(mean - half, 2);
    expect(upper).toBeCloseTo(mean + half, 2);
  });

  test("keeps to what a mean can be", () => {
    expect(meanEstimate([0.7, 0.9], 0.95, [0, 1])).toMatchObject({ lower: 0, upper: 1 });
    expect(meanEstimate([0, 0], 0.95, [0, 1])).toMatchObject({ value: 0, lower: 0, upper: 0 });
    const { lower, upper } = meanEstimate([3, 9], 0.95, [0, Number.POSITIVE_INFINITY]);
    expect(lower).toBe(0);
    expect(upper).toBeGreaterThan(40);
  });
});
