/**
 * The boundary that may be looked at at any time: its promise on simulated sequences, and that its
 * interval and its evidence say the same.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream } from "#foundation";
import { normalQuantile } from "../normal.ts";
import {
  anytimeP,
  halfWidth,
  mixtureSpread,
  oneSidedAnytimeP,
  oneSidedWidth,
} from "./confidence-sequence.ts";

describe("confidence sequences", () => {
  it("are left by null sequences at any of 400 looks no more often than promised", () => {
    const alpha = 0.1;
    const spread = mixtureSpread(200, alpha);
    let [left, naive] = [0, 0];
    for (let run = 0; run < 600; run += 1) {
      const random = randomStream(run, "null");
      let sum = 0;
      let [isLeft, isNaive] = [false, false];
      for (let count = 1; count <= 400; count += 1) {
        sum += normalQuantile(random.unit() || 0.5);
        const mean = Math.abs(sum / count);
        isLeft ||= mean > halfWidth(count, alpha, spread);
        isNaive ||= mean > 1.6449 / Math.sqrt(count);
      }
      if (isLeft) left += 1;
      if (isNaive) naive += 1;
    }
    expect(left / 600).toBeLessThan(0.1);
    // So that the test can fail: the interval for one look does not keep the promise.
    expect(naive / 600).toBeGreaterThan(0.3);
  });

  it("interval and evidence reach alpha at the same mean", () => {
    const counts = fc.integer({ min: 1, max: 100_000 });
    const alphas = fc.double({ min: 1e-6, max: 0.4, noNaN: true });
    fc.assert(
      fc.property(counts, counts, alphas, (count, tightest, alpha) => {
        const spread = mixtureSpread(tightest, alpha);
        const edge = halfWidth(count, alpha, spread);
        expect(anytimeP(count, edge, spread)).toBeCloseTo(alpha, 10);
        const bound = oneSidedWidth(count, alpha, spread);
        expect(oneSidedAnytimeP(count, bound, spread)).toBeCloseTo(alpha, 10);
      }),
    );
  });

  it("is tightest near the count it was made for, and a one-sided bound is nearer", () => {
    const at = (tightest: number) => halfWidth(1000, 0.05, mixtureSpread(tightest, 0.05));
    for (const other of [100, 400, 2500, 10_000]) expect(at(1000)).toBeLessThan(at(other));
    const spread = mixtureSpread(1000, 0.1);
    expect(oneSidedWidth(1000, 0.05, spread)).toBeLessThan(halfWidth(1000, 0.05, spread));
  });

  it("gives no evidence for what is not there, and refuses no observations", () => {
    expect(anytimeP(50, 0, 0.3)).toBe(1);
    expect(oneSidedAnytimeP(50, -3, 0.3)).toBe(1);
    expect(oneSidedAnytimeP(50, 60, 0.3)).toBe(0);
    expect(() => mixtureSpread(0, 0.05)).toThrow("a count above 0");
  });
});
