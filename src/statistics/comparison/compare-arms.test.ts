/**
 * Comparisons of independent arms: published numbers, their promises on simulated arms, and the
 * cases in which there is nothing to compare. More numbers stand in test/experiments.
 */
import { describe, expect, it } from "vitest";
import { type RandomStream, randomStream } from "#foundation";
import { normalQuantile } from "../normal.ts";
import type { Arm, PairedSums } from "./arm.ts";
import {
  anytimeComparison,
  armDifference,
  expectedShortfall,
  posteriorOf,
  welchComparison,
} from "./compare-arms.ts";

const share = (count: number, successes: number): Arm => ({ kind: "proportion", count, successes });
const mean = (count: number, sum: number, sumOfSquares: number): Arm => ({
  kind: "mean",
  sums: { count, sum, sumOfSquares },
});
const difference = (...arms: Parameters<typeof armDifference>) => {
  const found = armDifference(...arms);
  if (found === undefined) throw new Error("expected a difference, got none");
  return found;
};

describe("against published numbers", () => {
  // GrowthBook, packages/stats/tests (MIT), five decimals.
  it("Welch's test of two means and of two shares, relative to control", () => {
    const control = mean(3407, 1396.87, 52377.9767);
    const treated = mean(3461, 2422.7, 134698.29);
    const means = welchComparison(difference(control, treated, "relative"), 0.05);
    expect(means.value).toBeCloseTo(0.70732, 5);
    expect(means.lower).toBeCloseTo(-0.03526, 5);
    expect(means.upper).toBeCloseTo(1.44989, 5);
    expect(means.p).toBeCloseTo(0.06191, 5);
    const shares = difference(share(28, 14), share(30, 16), "relative");
    expect(welchComparison(shares, 0.05).lower).toBeCloseTo(-0.47767, 5);
    expect(shares.standardError).toBeCloseTo(0.2717, 4);
  });

  it("the comparison for every look", () => {
    const control = mean(3000, 1396.87, 52377.9767);
    const treated = mean(3461, 2422.7, 134698.29);
    const found = anytimeComparison(difference(control, treated, "relative"), 0.05, 1000);
    expect(found.lower).toBeCloseTo(-0.55844, 5);
    expect(found.upper).toBeCloseTo(1.56516, 5);
    expect(found.p).toBe(1);
  });

  it("the belief without a prior", () => {
    const found = difference(mean(10, 100, 1002.25), mean(10, 105, 1111.5), "relative");
    const { mean: centre, deviation, chanceToWin, ...risk } = posteriorOf(found);
    expect(centre).toBeCloseTo(0.05, 5);
    expect(deviation).toBeCloseTo(0.03572, 5);
    expect(chanceToWin).toBeCloseTo(0.91923, 5);
    expect(risk.riskOfControl).toBeCloseTo(0.05131, 5);
    expect(risk.riskOfTreated).toBeCloseTo(0.00131, 5);
  });
});

describe("promises", () => {
  it.each(["two-sided", "greater", "lesser"] as const)(
    "a %s interval excludes 0 exactly where its p-value is below alpha",
    (alternative) => {
      for (let run = 0; run < 200; run += 1) {
        const random = randomStream(run, alternative);
        const found = difference(drawMean(random, 30, 0), drawMean(random, 40, 0.3), "absolute");
        for (const { lower, upper, p } of [
          welchComparison(found, 0.1, alternative),
          anytimeComparison(found, 0.1, 70, alternative),
        ]) {
          expect(lower > 0 || upper < 0).toBe(p < 0.1);
        }
      }
    },
  );

  it("adjusting for what was known halves the error where it explains three quarters", () => {
    let [covered, plainError, adjustedError] = [0, 0, 0];
    for (let run = 0; run < 300; run += 1) {
      const random = randomStream(run, "adjusted");
      const [control, treated] = [drawPaired(random, 0), drawPaired(random, 0.2)];
      const plain = difference(
        { kind: "mean", sums: control.first },
        { kind: "mean", sums: treated.first },
        "absolute",
      );
      const adjusted = difference(
        { kind: "adjusted-mean", sums: control },
        { kind: "adjusted-mean", sums: treated },
        "absolute",
      );
      plainError += plain.standardError;
      adjustedError += adjusted.standardError;
      const { lower, upper } = welchComparison(adjusted, 0.05);
      if (lower <= 0.2 && 0.2 <= upper) covered += 1;
    }
    expect(adjustedError / plainError).toBeCloseTo(0.5, 1);
    expect(covered / 300).toBeGreaterThan(0.91);
    expect(covered / 300).toBeLessThan(0.985);
  });

  it("a prior as firm as the observation meets it halfway, and a firm one wins", () => {
    const seen = { value: 0.1, standardError: 0.02 };
    const half = posteriorOf(seen, { mean: 0, deviation: 0.02 });
    expect(half.mean).toBeCloseTo(0.05, 12);
    expect(half.deviation).toBeCloseTo(0.02 / Math.sqrt(2), 12);
    expect(posteriorOf(seen, { mean: 0, deviation: 1e-6 }).mean).toBeCloseTo(0, 6);
  });

  it("the shortfall is the mean of what lies below 0", () => {
    let sum = 0;
    for (let part = 0; part < 100_000; part += 1) {
      sum += Math.max(0, -(0.3 + normalQuantile((part + 0.5) / 100_000)));
    }
    expect(expectedShortfall(0.3, 1)).toBeCloseTo(sum / 100_000, 4);
    expect(expectedShortfall(40, 1)).toBe(0);
  });
});

describe("nothing to compare", () => {
  it.each([
    ["an empty arm", share(0, 0), share(10, 5), "absolute"],
    ["a single unit", share(1, 1), share(10, 5), "absolute"],
    ["no variation", share(10, 10), share(10, 10), "absolute"],
    ["control at 0, relative", share(10, 0), share(10, 5), "relative"],
  ] as const)("%s", (_, control, treated, scale) => {
    expect(armDifference(control, treated, scale)).toBeUndefined();
  });

  it("refuses arms of two kinds", () => {
    expect(() => armDifference(share(9, 3), mean(9, 3, 3), "absolute")).toThrow("arms of one kind");
  });
});

function drawMean(random: RandomStream, count: number, centre: number): Arm {
  let [sum, sumOfSquares] = [0, 0];
  for (let unit = 0; unit < count; unit += 1) {
    const value = centre + draw(random);
    sum += value;
    sumOfSquares += value * value;
  }
  return mean(count, sum, sumOfSquares);
}

/** 200 units whose value is known before to three quarters of its variance. */
function drawPaired(random: RandomStream, shift: number): PairedSums {
  const before = Array.from({ length: 200 }, () => draw(random));
  const values = before.map((one) => 1 + shift + Math.sqrt(3) * one + draw(random));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const sums = (numbers: readonly number[]) => ({
    count: numbers.length,
    sum: sum(numbers),
    sumOfSquares: sum(numbers.map((one) => one * one)),
  });
  return {
    count: 200,
    first: sums(values),
    second: sums(before),
    sumOfProducts: sum(values.map((value, index) => value * before[index])),
  };
}

function draw(random: RandomStream): number {
  return normalQuantile(random.unit() || 0.5);
}
