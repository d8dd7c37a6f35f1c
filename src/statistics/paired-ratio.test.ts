/**
 * Paired differences against the paired t-test where denominators are 1, and their intervals
 * against the share of truths they hold.
 */
import { describe, expect, it } from "vitest";
import { type RandomStream, randomStream } from "#foundation";
import { normalQuantile } from "./normal.ts";
import { type PairedTotals, pairedInterval, pairedRatioDifference } from "./paired-ratio.ts";

const ones = (count: number) => new Float64Array(count).fill(1);
const means = (treated: number[], control: number[]): PairedTotals => ({
  treatedNumerators: Float64Array.from(treated),
  treatedDenominators: ones(treated.length),
  controlNumerators: Float64Array.from(control),
  controlDenominators: ones(control.length),
});

describe("pairedRatioDifference", () => {
  it("with denominators 1 is the paired t-test", () => {
    // W. S. Gosset, Biometrika 6 (1908): extra hours of sleep by two drugs; t = 4.0621, n = 10.
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const found = pairedRatioDifference(means(second, first));
    if (found === undefined) throw new Error("expected a difference");
    expect(found.difference).toBeCloseTo(1.58, 12);
    expect(found.difference / found.standardError).toBeCloseTo(4.0621, 4);
    const { lower, upper } = pairedInterval(found, 0.95);
    expect(lower).toBeCloseTo(0.7001142, 6);
    expect(upper).toBeCloseTo(2.4598858, 6);
  });

  it("is a difference of ratios of totals, and drops what a pair shares", () => {
    const totals: PairedTotals = {
      treatedNumerators: Float64Array.of(30, 5),
      treatedDenominators: Float64Array.of(100, 10),
      controlNumerators: Float64Array.of(20, 4),
      controlDenominators: Float64Array.of(90, 10),
    };
    expect(pairedRatioDifference(totals)?.difference).toBeCloseTo(35 / 110 - 24 / 100, 12);
    const shared = [3, 80, -7, 200];
    const same = pairedRatioDifference(
      means(
        shared.map((one) => one + 2),
        shared,
      ),
    );
    expect(same).toMatchObject({ difference: 2, standardError: 0 });
  });

  it("holds the truth about as often as it says, with ratios and unequal pairs", () => {
    let held = 0;
    for (let run = 0; run < 400; run += 1) {
      const random = randomStream(run, "pairs");
      const found = pairedRatioDifference(drawPairs(random, 60));
      if (found === undefined) throw new Error("expected a difference");
      const { lower, upper } = pairedInterval(found, 0.9);
      if (lower <= 0.05 && 0.05 <= upper) held += 1;
    }
    expect(held / 400).toBeGreaterThan(0.86);
    expect(held / 400).toBeLessThan(0.95);
  });

  it("says nothing without pairs, and no end with one", () => {
    expect(pairedRatioDifference(means([], []))).toBeUndefined();
    const one = pairedRatioDifference(means([2], [1]));
    if (one === undefined) throw new Error("expected a difference");
    expect(pairedInterval(one, 0.95)).toMatchObject({ lower: -Infinity, upper: Infinity });
    const empty = { ...means([2], [1]), controlDenominators: Float64Array.of(0) };
    expect(pairedRatioDifference(empty)).toBeUndefined();
  });
});

/** Pairs that share an hour's level; treated ratio 0.55, control 0.5. */
function drawPairs(random: RandomStream, pairs: number): PairedTotals {
  const draw = () => normalQuantile(random.unit() || 0.5);
  const levels = Float64Array.from({ length: pairs }, () => 0.1 * draw());
  const sizes = () => Float64Array.from({ length: pairs }, () => 50 + random.below(100));
  const [treatedDenominators, controlDenominators] = [sizes(), sizes()];
  const numerators = (denominators: Float64Array, ratio: number) =>
    denominators.map((size, pair) => size * (ratio + levels[pair] + 0.05 * draw()));
  return {
    treatedDenominators,
    controlDenominators,
    treatedNumerators: numerators(treatedDenominators, 0.55),
    controlNumerators: numerators(controlDenominators, 0.5),
  };
}
