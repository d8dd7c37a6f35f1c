/**
 * Sample ratios: known cases, the exact test by enumeration, and the promise of the test that may
 * be asked at any time.
 */
import { describe, expect, it } from "vitest";
import { randomStream } from "#foundation";
import { sampleRatioAnytimeP, sampleRatioP } from "./sample-ratio.ts";

describe("sample ratio", () => {
  // SciPy 1.17.1, chisquare.
  it.each([
    [[1000, 1200], [0.5, 0.5], 2.007865612426481e-5],
    [[700, 290], [0.7, 0.3], 0.6273363307249374],
    [[50, 50], [1, 1], 1],
    [[0, 0], [1, 1], 1],
  ])("%j of %j has p %d", (counts, weights, wanted) => {
    expect(sampleRatioP(counts, weights)).toBeCloseTo(wanted, 12);
  });

  it("is exact for few observations", () => {
    // Of 2^6 equally likely halvings of six, those with 0 or 6 on one side.
    expect(sampleRatioP([6, 0], [1, 1])).toBeCloseTo(2 / 64, 12);
    expect(sampleRatioP([1, 5], [1, 1])).toBeCloseTo((2 * 7) / 64, 12);
    expect(sampleRatioP([3, 3], [1, 1])).toBe(1);
  });

  it("asked after every observation, cries wolf no more often than promised", () => {
    let alarms = 0;
    for (let run = 0; run < 300; run += 1) {
      const random = randomStream(run, "ratio");
      const counts = [0, 0];
      let isAlarm = false;
      for (let unit = 0; unit < 500; unit += 1) {
        counts[random.below(2)] += 1;
        isAlarm ||= sampleRatioAnytimeP(counts, [1, 1]) <= 0.1;
      }
      if (isAlarm) alarms += 1;
    }
    expect(alarms / 300).toBeLessThan(0.1);
  });

  it("finds a lost tenth", () => {
    expect(sampleRatioAnytimeP([10_000, 9_000], [1, 1])).toBeLessThan(1e-6);
    expect(sampleRatioAnytimeP([0, 0], [1, 1])).toBe(1);
  });

  it("refuses arms without a weight", () => {
    expect(() => sampleRatioP([1, 2], [1, 0])).toThrow("a weight above 0");
    expect(() => sampleRatioP([1], [1])).toThrow("two or more arms");
  });
});
