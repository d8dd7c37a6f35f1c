/** What devices may take and may get wrong, held against the chance of success put back in. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorRateAllowed, sampleMsAllowed, samplesNeeded, timeToBest } from "./break-even.ts";

describe("samples", () => {
  test.each([
    ["no chance", 0, Number.POSITIVE_INFINITY],
    ["always", 1, 1],
    ["as good as always", 0.99, 1],
    ["nine times of ten", 0.9, 2],
  ])("%s", (_remark, chance, samples) => {
    expect(samplesNeeded(chance)).toBeCloseTo(samples, 12);
  });

  test("so many leave one in a hundred without", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.98, noNaN: true }), (chance) => {
        expect((1 - chance) ** samplesNeeded(chance)).toBeCloseTo(0.01, 6);
      }),
    );
  });

  test("may take no time at all where there is no chance", () => {
    expect(sampleMsAllowed(1000, 0)).toBe(0);
    expect(sampleMsAllowed(1000, 0.9)).toBeCloseTo(500, 9);
  });
});

describe("the time to the best", () => {
  const run = (ms: number, isThere: boolean) => ({ ms, isThere });
  test.each([
    ["no run", [], { ms: 0, isAtLeast: true }],
    ["all there", [run(1, true), run(3, true)], { ms: 2, isAtLeast: false }],
    ["none there", [run(5, false), run(5, false)], { ms: 10, isAtLeast: true }],
    ["half there", [run(2, true), run(4, false)], { ms: 3 * 6.643856, isAtLeast: false }],
  ])("%s", (_remark, runs, { ms, isAtLeast }) => {
    const found = timeToBest(runs);
    expect(found.isAtLeast).toBe(isAtLeast);
    expect(found.ms).toBeCloseTo(ms, 4);
  });
});

describe("errors", () => {
  const contest = { classicalMs: 100, sampleMs: 1, blindChance: 1e-6, twoQubitGates: 100 };

  test.each([
    ["a guess is enough", { chance: 0.5, blindChance: 0.2 }, "any"],
    ["too rare without errors", { chance: 0.01 }, "never"],
    ["no better than a guess", { chance: 1e-6 }, "never"],
    ["a sample takes longer than the solver", { chance: 1, classicalMs: 0.5 }, "never"],
    ["there is nothing that could fail", { chance: 0.5, twoQubitGates: 0 }, "any"],
    ["some may happen", { chance: 0.5 }, "rate"],
  ])("%s", (_remark, changes, kind) => {
    expect(errorRateAllowed({ ...contest, ...changes }).kind).toBe(kind);
  });

  test("at the rate allowed the samples last exactly as long as the solver", () => {
    const chances = fc.double({ min: 0.06, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(chances, fc.integer({ min: 1, max: 5000 }), (chance, twoQubitGates) => {
        const allowed = errorRateAllowed({ ...contest, chance, twoQubitGates });
        const rate = allowed.kind === "rate" ? allowed.rate : Number.NaN;
        const intact = (1 - rate) ** twoQubitGates;
        const noisy = intact * chance + (1 - intact) * contest.blindChance;
        expect(samplesNeeded(noisy) * contest.sampleMs).toBeCloseTo(contest.classicalMs, 6);
      }),
    );
  });
});
