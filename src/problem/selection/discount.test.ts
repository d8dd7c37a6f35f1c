/**
 * Discounts against their formulas, at both ends of their ranges.
 */
import { expect, test } from "vitest";
import { halfLifeDecay, positionWeights } from "./discount.ts";

test.each([0, 1, 2, 10, 100])("the weights of %i positions are those of the formula", (count) => {
  const raw = Array.from({ length: count }, (_, index) => 1 / Math.log2(index + 2));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const weights = positionWeights(count);
  expect(weights).toHaveLength(count);
  for (const [index, weight] of weights.entries()) {
    expect(weight).toBeCloseTo(raw[index] / total, 14);
    if (index > 0) expect(weight).toBeLessThan(weights[index - 1]);
  }
});

test.each([
  { age: 0, halfLife: 72, left: 1, remark: "new" },
  { age: 72, halfLife: 72, left: 0.5, remark: "one half-life" },
  { age: 144, halfLife: 72, left: 0.25, remark: "two half-lives" },
  { age: 1e9, halfLife: 1e-300, left: 0, remark: "older than any number of half-lives that fits" },
  { age: 0, halfLife: 1e-300, left: 1, remark: "new, whatever the half-life" },
])("decay: $remark", ({ age, halfLife, left }) => {
  expect(halfLifeDecay(age, halfLife)).toBe(left);
});

test("an age before the beginning is a bug of the caller", () => {
  expect(() => halfLifeDecay(-1, 72)).toThrow("an age from 0");
});
