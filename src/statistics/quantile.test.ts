/**
 * Sample quantiles against hand-computed values of definition 7.
 */
import { describe, expect, it } from "vitest";
import { quantile } from "./quantile.ts";

describe("quantile", () => {
  it.each([
    [[7], 0.5, 7, "one number is every quantile"],
    [[1, 2, 3, 4], 0.5, 2.5, "between neighbours"],
    [[1, 2, 3, 4], 0, 1, "the least"],
    [[1, 2, 3, 4], 1, 4, "the greatest"],
    [[0, 10], 0.99, 9.9, "interpolated"],
  ])("of %j at %f is %f: %s", (ascending, share, expected) => {
    expect(quantile(ascending, share)).toBeCloseTo(expected, 12);
  });

  it("refuses an empty sample and a share outside [0, 1]", () => {
    expect(() => quantile([], 0.5)).toThrow("numbers, and a share");
    expect(() => quantile([1], 1.5)).toThrow("numbers, and a share");
  });
});
