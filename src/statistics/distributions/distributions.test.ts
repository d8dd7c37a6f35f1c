/**
 * Distributions against tables computed elsewhere, and against themselves: quantiles undo
 * distribution functions, tails add up, and moments are what integration finds.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomial, poisson } from "./binomial-and-poisson.ts";
import {
  beta,
  chiSquare,
  gamma,
  logNormal,
  normal,
  studentT,
  triangular,
  uniform,
} from "./continuous.ts";
import type { Distribution } from "./distribution.ts";

// SciPy 1.17.1, scipy.stats: norm, t, chi2, gamma, beta, lognorm, binom, poisson.
const TABLE: readonly (readonly [what: string, got: number, wanted: number])[] = [
  ["normal far below", normal().cdf(-8), 6.22096057427174e-16],
  ["normal above", normal().survival(1.5), 0.06680720126885807],
  ["normal at its mean", normal(3, 2).cdf(3), 0.5],
  ["t with 1 degree, the tangent", studentT(1).quantile(0.975), 12.706204736174694],
  ["t far out", studentT(2).quantile(1e-8), -7071.067705799457],
  ["t with broken degrees", studentT(3.7).quantile(0.6), 0.27216446429206953],
  ["t with many degrees", studentT(5000).quantile(0.975), 1.9604385517065073],
  ["t at its mean", studentT(4).quantile(0.5), 0],
  ["chi-square far out", chiSquare(3).survival(40), 1.065509033425585e-8],
  ["chi-square at 5 %", chiSquare(7).quantile(0.95), 14.067140449340169],
  ["gamma of small shape", gamma(0.1, 2).quantile(1e-3), 1.2146096724815739e-30],
  ["beta heaped at 0", beta(0.5, 20).quantile(0.01), 3.9765814006776006e-6],
  ["beta heaped at 1", beta(300, 2).quantile(0.99), 0.9995057629205719],
  ["binomial", binomial(100, 0.03).cdf(5), 0.9191628710986265],
  ["binomial quantile", binomial(100, 0.03).quantile(0.975), 7],
  ["Poisson of a large mean", poisson(1000).survival(1100), 0.0008676409634435647],
  ["Poisson quantile", poisson(3.3).quantile(0.99), 8],
];

const CONTINUOUS: readonly (readonly [string, Distribution])[] = [
  ["normal", normal(-3, 0.5)],
  ["Student's t", studentT(6)],
  ["chi-square", chiSquare(5)],
  ["gamma", gamma(2.5, 0.4)],
  ["beta", beta(2, 7)],
  ["log-normal", logNormal(3, 0.4)],
  ["uniform", uniform(-1, 4)],
  ["triangular", triangular(1, 2, 6)],
  ["triangular, likeliest at the end", triangular(0, 1, 1)],
];

describe("distributions", () => {
  it.each(TABLE)("%s", (_, got, wanted) => {
    if (wanted === 0) expect(got).toBe(0);
    else expect(got / wanted).toBeCloseTo(1, 11);
  });

  it.each(CONTINUOUS)("%s: a quantile undoes the distribution function", (_, one) => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (share) => {
        const x = one.quantile(share);
        expect(one.cdf(x)).toBeCloseTo(share, 10);
        expect(one.cdf(x) + one.survival(x)).toBeCloseTo(1, 12);
      }),
      { numRuns: 40 },
    );
  });

  it.each(CONTINUOUS)("%s: mean and variance are those of its quantiles", (_, one) => {
    const parts = 4000;
    let [sum, squares] = [0, 0];
    for (let part = 0; part < parts; part += 1) {
      const x = one.quantile((part + 0.5) / parts);
      sum += x;
      squares += (x - one.mean) ** 2;
    }
    const deviation = Math.sqrt(one.variance);
    expect(Math.abs(sum / parts - one.mean) / deviation).toBeLessThan(5e-3);
    expect(squares / parts / one.variance).toBeCloseTo(1, 1);
  });

  it.each([
    ["binomial", binomial(9, 0.3), 9],
    ["binomial of a certain event", binomial(5, 1), 5],
    ["binomial without trials", binomial(0, 0.4), 0],
    ["Poisson", poisson(2.5), 40],
    ["Poisson of nothing", poisson(0), 3],
  ] as const)("%s: sums of its own steps", (_, one, most) => {
    let [below, mean, squares] = [0, 0, 0];
    for (let count = 0; count <= most; count += 1) {
      const mass = one.cdf(count) - one.cdf(count - 1);
      below += mass;
      mean += mass * count;
      squares += mass * (count - one.mean) ** 2;
      expect(one.survival(count)).toBeCloseTo(1 - below, 12);
    }
    expect(below).toBeCloseTo(1, 12);
    expect(mean).toBeCloseTo(one.mean, 9);
    expect(squares).toBeCloseTo(one.variance, 9);
    for (const share of [0.001, 0.5, 0.9, 0.999]) {
      const count = one.quantile(share);
      expect(one.cdf(count)).toBeGreaterThanOrEqual(share);
      expect(one.cdf(count - 1)).toBeLessThan(share);
    }
  });

  it.each(CONTINUOUS)("%s: refuses what is no probability", (_, one) => {
    for (const share of [0, 1, Number.NaN]) {
      expect(() => one.quantile(share)).toThrow("a probability in (0, 1)");
    }
  });

  it("refuses parameters of no distribution", () => {
    expect(() => normal(0, 0)).toThrow("deviation above 0");
    expect(() => gamma(0, 1)).toThrow("parameters above 0");
    expect(() => uniform(2, 2)).toThrow("low below high");
    expect(() => triangular(3, 2, 4)).toThrow("low <= mode <= high");
    expect(() => binomial(2.5, 0.5)).toThrow("trials and a probability");
  });
});
