/**
 * Models against the conditions that make their answer the right one: equations, the conditions of
 * an optimum, a gradient of 0. And on rows whose sides are plain.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { gaussian } from "../kernels/classical-kernels.ts";
import { crossMatrix, gramMatrix } from "../kernels/kernel-function.ts";
import { type FeatureRows, featureRows } from "../kernels/rows.ts";
import { boostedScores, fitBoosting } from "./boosting/boosting.ts";
import type { DualScore } from "./dual-score.ts";
import { fitKernelRidge } from "./kernel-ridge.ts";
import { fitKernelSvm } from "./kernel-svm.ts";
import { fitLogistic, linearScores } from "./logistic.ts";

const seeds = fc.integer({ min: 0, max: 1e6 });

/** Rows in a square whose side says whether their coordinates have the same sign. */
function exclusive(seed: number, count: number) {
  const random = randomStream(seed, "rows");
  const values = Float64Array.from({ length: 2 * count }, () => 2 * random.unit() - 1);
  const rows = featureRows(count, 2, values);
  const sides = Float64Array.from({ length: count }, (_, row) =>
    values[2 * row] * values[2 * row + 1] > 0 ? 1 : -1,
  );
  return { rows, sides };
}

function rightShare(scores: Float64Array, sides: Float64Array): number {
  return scores.filter((score, row) => score * sides[row] > 0).length / sides.length;
}

function dualScores({ weights, bias }: DualScore, likeness: Float64Array): Float64Array {
  const width = weights.length;
  return Float64Array.from({ length: likeness.length / width }, (_, row) =>
    weights.reduce((sum, weight, at) => sum + weight * likeness[row * width + at], bias),
  );
}

const kernel = gaussian(2);
const gramOf = (rows: FeatureRows) => gramMatrix(kernel, rows);

describe("fitKernelRidge", () => {
  test("solves its equation", () => {
    const { rows, sides } = exclusive(1, 20);
    const gram = gramOf(rows);
    const { weights, bias } = fitKernelRidge(gram, 20, sides, 0.3);
    const fitted = dualScores({ weights, bias }, gram);
    for (const [row, side] of sides.entries()) {
      expect(fitted[row] + 0.3 * weights[row]).toBeCloseTo(side, 10);
    }
  });

  test("says the mean where it may not say more, and nothing of nothing", () => {
    const { rows, sides } = exclusive(2, 10);
    const { weights, bias } = fitKernelRidge(gramOf(rows), 10, sides, 1e12);
    expect(bias).toBeCloseTo(sides.reduce((sum, side) => sum + side, 0) / 10, 12);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(1e-10);
    const empty = fitKernelRidge(new Float64Array(0), 0, new Float64Array(0), 1);
    expect(empty).toEqual({ weights: new Float64Array(0), bias: 0 });
  });
});

describe("fitKernelSvm", () => {
  test("meets the conditions of an optimum", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.01, 1, 100), (seed, price) => {
        const { rows, sides } = exclusive(seed, 24);
        // A few rows on the wrong side, so that the price matters.
        for (let row = 0; row < 24; row += 8) sides[row] = -sides[row];
        const gram = gramOf(rows);
        const { weights, bias } = fitKernelSvm(gram, 24, sides, price);
        const scores = dualScores({ weights, bias }, gram);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(0, 8);
        for (const [row, side] of sides.entries()) {
          const dual = weights[row] * side;
          const margin = side * scores[row];
          expect(dual).toBeGreaterThanOrEqual(0);
          expect(dual).toBeLessThanOrEqual(price);
          if (dual < price) expect(margin).toBeGreaterThan(1 - 2e-3);
          if (dual > 0) expect(margin).toBeLessThan(1 + 2e-3);
        }
      }),
    );
  });

  test.each([
    ["two rows that are nothing alike", [1, 0, 0, 1], [1, -1], 10, [1, -1], 0],
    ["a price below what they ask", [1, 0, 0, 1], [1, -1], 0.25, [0.25, -0.25], 0],
    ["rows of one side", [1, 0, 0, 1], [-1, -1], 10, [0, 0], -1],
    ["no rows", [], [], 1, [], 0],
    ["two rows that are the same", [1, 1, 1, 1], [1, -1], 2, [2, -2], 0],
  ])("%s", (_remark, gram, sides, price, weights, bias) => {
    const found = fitKernelSvm(
      Float64Array.from(gram),
      sides.length,
      Float64Array.from(sides),
      price,
    );
    expect(found.weights.map((weight) => weight + 0)).toEqual(Float64Array.from(weights));
    expect(found.bias).toBeCloseTo(bias, 12);
  });
});

describe("fitLogistic", () => {
  test("ends where the gradient is 0", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.01, 1, 30), (seed, ridge) => {
        const { rows, sides } = exclusive(seed, 30);
        const found = fitLogistic(rows, sides, ridge);
        const errors = linearScores(found, rows).map(
          (score, row) => 1 / (1 + Math.exp(-score)) - (sides[row] > 0 ? 1 : 0),
        );
        expect(errors.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0, 5);
        for (const feature of [0, 1]) {
          let slope = ridge * found.weights[feature];
          for (let row = 0; row < 30; row += 1) {
            slope += errors[row] * rows.values[2 * row + feature];
          }
          expect(slope).toBeCloseTo(0, 5);
        }
      }),
    );
  });

  test.each([
    ["rows apart", [-1, -2, 2, 1], [-1, -1, 1, 1]],
    ["one side alone", [1, 2, 3], [1, 1, 1]],
  ])("stays finite with %s", (_remark, values, sides) => {
    const rows = featureRows(values.length, 1, Float64Array.from(values));
    const scores = linearScores(fitLogistic(rows, Float64Array.from(sides), 1e-3), rows);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(rightShare(scores, Float64Array.from(sides))).toBe(1);
  });
});

describe("fitBoosting", () => {
  const options = { trees: 60, depthMax: 2, rate: 0.3 };

  test("learns what no single threshold tells", () => {
    const { rows, sides } = exclusive(5, 300);
    const unseen = exclusive(6, 300);
    const found = fitBoosting(rows, sides, options);
    expect(rightShare(boostedScores(found, rows), sides)).toBeGreaterThan(0.97);
    expect(rightShare(boostedScores(found, unseen.rows), unseen.sides)).toBeGreaterThan(0.9);
    const stump = fitBoosting(rows, sides, { ...options, depthMax: 1 });
    expect(rightShare(boostedScores(stump, unseen.rows), unseen.sides)).toBeLessThan(0.7);
  });

  test("each tree lowers the loss", () => {
    const { rows, sides } = exclusive(7, 100);
    const loss = (trees: number) =>
      boostedScores(fitBoosting(rows, sides, { ...options, trees }), rows).reduce(
        (sum, score, row) => sum + Math.log1p(Math.exp(-sides[row] * score)),
        0,
      );
    const losses = [0, 1, 5, 20].map(loss);
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    expect(losses[3]).toBeLessThan(0.5 * losses[0]);
  });

  test("finds the middle between what it must part, and nothing in a constant feature", () => {
    const rows = featureRows(
      8,
      2,
      Float64Array.from([0, 1, 2, 3, 6, 7, 8, 9].flatMap((x) => [5, x])),
    );
    const sides = Float64Array.of(-1, -1, -1, -1, 1, 1, 1, 1);
    const [tree] = fitBoosting(rows, sides, { ...options, trees: 1 }).trees;
    expect([tree.features[0], tree.thresholds[0]]).toEqual([1, 4.5]);
    const constant = featureRows(8, 1, new Float64Array(8));
    const found = fitBoosting(constant, sides, options);
    expect(boostedScores(found, constant)[0]).toBeCloseTo(0, 12);
  });
});

test("a Gaussian machine tells apart what a plane cannot", () => {
  const { rows, sides } = exclusive(8, 150);
  const unseen = exclusive(9, 200);
  const gram = gramOf(rows);
  const cross = crossMatrix(kernel, unseen.rows, rows);
  const machine = dualScores(fitKernelSvm(gram, 150, sides, 10), cross);
  const ridge = dualScores(fitKernelRidge(gram, 150, sides, 0.1), cross);
  const plane = linearScores(fitLogistic(rows, sides, 1), unseen.rows);
  expect(rightShare(machine, unseen.sides)).toBeGreaterThan(0.9);
  expect(rightShare(ridge, unseen.sides)).toBeGreaterThan(0.9);
  expect(rightShare(plane, unseen.sides)).toBeLessThan(0.7);
});
