/**
 * The parts of the kernel study: folds that hold every row out once, preparation that looks at
 * training rows alone, comparisons by hand, verdicts in words.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { featureRows } from "#learning";
import { CANDIDATES, CONFIGURATIONS, type Family } from "./candidates.ts";
import { type Comparison, compare } from "./comparison.ts";
import { balancedAccuracy, foldsOf, mixedOrder } from "./folds.ts";
import { type FoldScore, scoreFold } from "./nested.ts";
import { reduction, standardisation } from "./preparation.ts";
import type { SeedScores } from "./run-study.ts";
import { overallWords, verdictOf } from "./verdict.ts";

const classesOf = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: 6, maxLength: 60 })
  .map((classes) => Int32Array.from(classes));

describe("folds", () => {
  test("hold every row out once, each class in equal shares, whatever stretch is taken", () => {
    fc.assert(
      fc.property(classesOf, fc.integer({ min: 2, max: 5 }), (classes, count) => {
        const order = mixedOrder(classes, randomStream(1, "order"));
        expect([...order].sort((a, b) => a - b)).toEqual([...classes.keys()]);
        const folds = foldsOf(order, classes, count);
        const held = folds.flatMap(({ test: those }) => [...those]).sort((a, b) => a - b);
        expect(held).toEqual([...classes.keys()]);
        for (const { train, test: those } of folds) {
          expect(new Set([...train, ...those]).size).toBe(classes.length);
          for (const one of [0, 1, 2]) {
            const all = classes.filter((other) => other === one).length;
            const own = those.filter((row) => classes[row] === one).length;
            expect(Math.abs(own - all / count)).toBeLessThan(1);
            const half = order.subarray(0, classes.length >> 1);
            const early = half.filter((row) => classes[row] === one).length;
            expect(Math.abs(early - all / 2)).toBeLessThanOrEqual(2);
          }
        }
      }),
    );
  });

  test.each([
    ["all right", [0, 0, 1], [0, 0, 1], 1],
    ["all wrong", [0, 1], [1, 0], 0],
    ["the larger class alone", [0, 0, 0, 1], [0, 0, 0, 0], 0.5],
    ["a class that is not there does not count", [1, 1], [1, 0], 0.5],
  ])("balanced accuracy: %s", (_remark, classes, told, expected) => {
    expect(balancedAccuracy(Int32Array.from(classes), Int32Array.from(told), 3)).toBe(expected);
  });
});

describe("preparation", () => {
  const rows = featureRows(4, 3, Float64Array.of(1, 5, 2, 3, 5, 6, 5, 5, 10, 7, 5, 14));

  test("brings features to mean 0 and deviation 1, and constant ones to 0", () => {
    const { values } = standardisation(rows)(rows);
    for (const [feature, deviation] of [1, 0, 1].entries()) {
      const own = values.filter((_, at) => at % 3 === feature);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
      expect(own.reduce((sum, value) => sum + value ** 2, 0) / 4).toBeCloseTo(deviation, 12);
    }
  });

  test("keeps the direction in which rows differ, and rows that are narrow already", () => {
    const standard = standardisation(rows)(rows);
    const [first] = [reduction(standard, 1)(standard)];
    // Two features that say the same: one component says it, scaled to variance 1.
    const expected = standard.values.filter((_, at) => at % 3 === 0);
    const sign = Math.sign(first.values[0] * expected[0]);
    for (const [row, value] of first.values.entries()) {
      expect(sign * value).toBeCloseTo(expected[row], 10);
    }
    expect(reduction(standard, 3)(standard)).toBe(standard);
  });
});

test("four models in each family, all with as many configurations", () => {
  for (const family of ["classical", "inspired", "quantum"] as const) {
    const own = CANDIDATES.filter((one) => one.family === family);
    expect(own).toHaveLength(4);
    for (const { settings } of own) {
      expect(settings.flatMap(({ levels }) => levels)).toHaveLength(CONFIGURATIONS);
    }
  }
});

test("what is chosen does not depend on the classes of rows held out", async () => {
  const random = randomStream(3, "table");
  const values = Float64Array.from({ length: 72 }, () => random.unit());
  const classes = Int32Array.from({ length: 36 }, (_, row) => (values[2 * row] > 0.5 ? 1 : 0));
  const fold = {
    train: Int32Array.from({ length: 24 }, (_, row) => row),
    test: Int32Array.from({ length: 12 }, (_, row) => 24 + row),
  };
  const score = (seen: Int32Array) =>
    scoreFold(
      { name: "t", rows: featureRows(36, 2, values), classes: seen, classNames: ["0", "1"] },
      fold,
      CANDIDATES,
      {
        ...{ features: 2, innerFolds: 3, random: randomStream(1), cpuMs: () => 0 },
        pause: () => Promise.resolve(),
      },
    );
  const turned = classes.map((one, row) => (row < 24 ? one : 1 - one));
  const [plain, other] = [await score(classes), await score(turned)];
  expect(plain.map(({ chosen, innerScore }) => ({ chosen, innerScore }))).toEqual(
    other.map(({ chosen, innerScore }) => ({ chosen, innerScore })),
  );
  for (const [at, one] of plain.entries()) expect(one.score + other[at].score).toBeCloseTo(1, 12);
  expect(Math.max(...plain.map((one) => one.score))).toBeGreaterThan(0.8);
});

describe("comparison", () => {
  const contest = {
    title: "a against b",
    of: ({ family }: FoldScore) => family === "quantum",
    against: ({ family }: FoldScore) => family === "classical",
  };

  test("is of champions, and its interval allows for shared rows", () => {
    // Differences 0.1, 0.3, 0.2, 0.2 over two folds: variance 0.02 / 3, shared half for half.
    const found = compare(contest, [seedOf([0.1, 0.3]), seedOf([0.2, 0.2])]);
    expect(found.difference).toBeCloseTo(0.2, 12);
    expect(found.effectSize).toBeCloseTo(0.2 / Math.sqrt(0.02 / 3), 10);
    const reach = 3.182446305 * Math.sqrt((0.02 / 3) * (1 / 4 + 1));
    expect(found.upper - found.difference).toBeCloseTo(reach, 6);
    expect(found.p).toBeGreaterThan(0.1);
    expect([found.better, found.same, found.worse]).toEqual([2, 0, 0]);
  });

  test("of what is always the same is certain that it is", () => {
    const found = compare(contest, [seedOf([0, 0]), seedOf([0, 0])]);
    expect(found).toMatchObject({ difference: 0, lower: 0, upper: 0, p: 1, effectSize: null });
    expect([found.better, found.same, found.worse]).toEqual([0, 2, 0]);
  });
});

describe("verdict", () => {
  test.each([
    ["an interval above 0", [0.05, 0.03, 0.07], 0.001, "quantum", "Quantum won by +5 points"],
    ["one below 0", [-0.05, -0.07, -0.03], 0.001, "classical", "Classical won: quantum is at -5"],
    ["one around 0", [-0.05, -0.12, 0.02], 0.2, "tie", "cannot tell them apart"],
    ["a narrow one around 0", [0.001, -0.01, 0.01], 0.9, "tie", "same to within 2 points"],
    ["one that many tables weaken", [0.05, 0.01, 0.09], 0.06, "tie", "looks like this by chance"],
  ])("%s", (_remark, [difference, lower, upper], p, winner, words) => {
    const one = comparison(difference, lower, upper);
    const found = verdictOf([one, one, comparison(0, -0.1, 0.1), one], p);
    expect(found.winner).toBe(winner);
    expect(found.words[0]).toContain(words);
    expect(found.words[1]).toContain("cannot be told");
  });

  test("of all tables counts ties, and who is behind in them", () => {
    const verdict = (winner: "classical" | "quantum" | "tie", difference: number) => ({
      ...{ winner, difference, p: 1, words: [] },
    });
    expect(
      overallWords([verdict("tie", -0.01), verdict("classical", -1), verdict("tie", 0)]),
    ).toEqual([
      "Of 3 tables the classical models won 1, the quantum models 0, and 2 are ties.",
      "The mean of quantum is below the classical one on 2 of 3 tables.",
      "Nothing here is a reason to use quantum kernels.",
    ]);
    expect(overallWords([verdict("quantum", 1)])[0]).toContain("the quantum models 1, and 0 are");
  });
});

function comparison(difference: number, lower: number, upper: number): Comparison {
  const counts = { better: 0, same: 0, worse: 0 };
  return { title: "", difference, lower, upper, p: 0.5, effectSize: 0, ...counts };
}

/** A seed whose folds differ by `differences`; a model that did badly within is not looked at. */
function seedOf(differences: readonly number[]): SeedScores {
  const score = (name: string, family: Family, inner: number, outer: number): FoldScore => ({
    ...{ name, family, chosen: "", innerScore: inner, score: outer, gram: undefined },
    ...{ tuneCpuMs: 0, predictCpuMs: 0, predictions: 1, circuits: 0 },
  });
  const folds = differences.map((difference) => [
    score("a", "quantum", 0.9, 0.5 + difference),
    score("b", "quantum", 0.1, 1),
    score("c", "classical", 0.9, 0.5),
    score("d", "classical", 0.8, 0),
  ]);
  return { folds, parts: [], diagnoses: [], trainRows: 10 };
}
