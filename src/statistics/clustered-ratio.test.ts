/**
 * The clustered bootstrap against the textbook interval where that holds, and against its failure
 * where it does not.
 */
import { describe, expect, it } from "vitest";
import { randomStream } from "#foundation";
import { clusteredRatio } from "./clustered-ratio.ts";

const ones = (count: number) => new Float64Array(count).fill(1);
const seeded = () => randomStream(11, "bootstrap");

describe("clusteredRatio", () => {
  it("agrees with the normal interval for independent observations", () => {
    const random = randomStream(1, "sample");
    const numerators = Float64Array.from({ length: 900 }, () => (random.unit() < 0.3 ? 1 : 0));
    const clusters = numerators.map((_, at) => at);
    const estimate = clusteredRatio({ numerators, denominators: ones(900), clusters }, seeded());
    const half = 1.96 * Math.sqrt((estimate.value * (1 - estimate.value)) / 900);
    expect(estimate.value).toBeCloseTo(numerators.reduce((a, b) => a + b) / 900, 12);
    expect(estimate.upper - estimate.value).toBeCloseTo(half, 2);
    expect(estimate.value - estimate.lower).toBeCloseTo(half, 2);
  });

  it("widens when observations of a cluster repeat each other", () => {
    const random = randomStream(2, "sample");
    const single = Float64Array.from({ length: 100 }, () => random.unit());
    const numerators = Float64Array.from({ length: 900 }, (_, at) => single[Math.floor(at / 9)]);
    const sample = { numerators, denominators: ones(900) };
    const apart = clusteredRatio({ ...sample, clusters: numerators.map((_, at) => at) }, seeded());
    const together = clusteredRatio(
      { ...sample, clusters: numerators.map((_, at) => Math.floor(at / 9)) },
      seeded(),
    );
    const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower;
    // Nine copies carry no more than one: the interval grows by the square root of nine.
    expect(width(together) / width(apart)).toBeGreaterThan(2.4);
    expect(width(together) / width(apart)).toBeLessThan(3.6);
  });

  it("is a ratio of totals, not a mean of ratios", () => {
    const sample = { numerators: [1, 30], denominators: [10, 100], clusters: [0, 1] };
    expect(clusteredRatio(sample, seeded()).value).toBeCloseTo(31 / 110, 12);
  });

  it("covers the truth about as often as it says", () => {
    let covered = 0;
    for (let trial = 0; trial < 200; trial += 1) {
      const random = randomStream(trial, "coverage");
      const numerators = Float64Array.from({ length: 60 }, () => random.unit());
      const sample = {
        numerators,
        denominators: ones(60),
        clusters: numerators.map((_, at) => at),
      };
      const { lower, upper } = clusteredRatio(sample, random, { level: 0.9, resamples: 200 });
      if (lower <= 0.5 && upper >= 0.5) covered += 1;
    }
    expect(covered / 200).toBeGreaterThan(0.83);
    expect(covered / 200).toBeLessThan(0.96);
  });

  it("gives the same interval for the same stream, and a point for one cluster", () => {
    const sample = { numerators: [1, 0, 1], denominators: [1, 1, 1], clusters: [0, 1, 2] };
    expect(clusteredRatio(sample, seeded())).toEqual(clusteredRatio(sample, seeded()));
    const alone = clusteredRatio({ ...sample, clusters: [4, 4, 4] }, seeded());
    expect([alone.lower, alone.upper]).toEqual([2 / 3, 2 / 3]);
  });

  it("refuses an empty sample and denominators that are not above 0", () => {
    const empty = { numerators: [], denominators: [], clusters: [] };
    expect(() => clusteredRatio(empty, seeded())).toThrow("at least one observation");
    const zero = { numerators: [1], denominators: [0], clusters: [0] };
    expect(() => clusteredRatio(zero, seeded())).toThrow("denominators above 0");
  });
});
