/**
 * The quadratic knapsack against all packings, with pair profits of both signs; and what it still
 * knows when it is stopped.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RandomStream, randomStream, workBudget } from "#foundation";
import { type QuadraticKnapsack, quadraticProfit } from "./instance.ts";
import { quadraticKnapsack } from "./quadratic-knapsack.ts";

function problemOf(
  stream: RandomStream,
  size: number,
  range: { readonly min: number; readonly max: number },
  isExact: boolean,
): QuadraticKnapsack {
  const draw = () => range.min + stream.below(range.max - range.min + 1);
  const profits = new Float64Array(size * size);
  for (let item = 0; item < size; item += 1) {
    for (let other = 0; other <= item; other += 1) {
      profits[item * size + other] = draw();
      profits[other * size + item] = profits[item * size + other];
    }
  }
  const weights = Float64Array.from({ length: size }, () => (isExact ? 1 : stream.below(20)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const capacity = stream.below(total + 1);
  return { size, profits, weights, capacity, isExact };
}

function isPacking({ weights, capacity, isExact }: QuadraticKnapsack, packed: Uint8Array): boolean {
  const weight = weights.reduce((sum, each, item) => sum + each * packed[item], 0);
  return isExact ? weight === capacity : weight <= capacity;
}

/** The best profit over all subsets, minus infinity if none is allowed. */
function bestByEnumeration(problem: QuadraticKnapsack): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let set = 0; set < 2 ** problem.size; set += 1) {
    const packed = Uint8Array.from({ length: problem.size }, (_, item) => (set >> item) & 1);
    if (isPacking(problem, packed)) best = Math.max(best, quadraticProfit(problem, packed));
  }
  return best;
}

describe("the quadratic knapsack", () => {
  test.each([
    { remark: "all pairs help", range: { min: 0, max: 100 }, isExact: false },
    { remark: "all pairs hurt", range: { min: -100, max: 0 }, isExact: false },
    { remark: "mixed signs", range: { min: -50, max: 50 }, isExact: false },
    { remark: "many ties", range: { min: -1, max: 1 }, isExact: false },
    { remark: "an exact count, penalties", range: { min: -100, max: 10 }, isExact: true },
    { remark: "an exact count, mixed signs", range: { min: -50, max: 50 }, isExact: true },
  ])("$remark: as good as the best of all packings", ({ range, isExact }) => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 9 }), (seed, size) => {
        const problem = problemOf(randomStream(seed), size, range, isExact);
        const answer = quadraticKnapsack(problem, randomStream(1));
        expect(answer.isProved).toBe(true);
        expect(answer.objective).toBe(bestByEnumeration(problem));
        expect(answer.bound).toBe(answer.objective);
        if (answer.packed !== undefined) expect(isPacking(problem, answer.packed)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    { remark: "no items", size: 0, capacity: 3, isExact: false, objective: 0 },
    { remark: "no room", size: 2, capacity: 0, isExact: false, objective: 0 },
    { remark: "more asked for than there is", size: 2, capacity: 3, isExact: true },
    { remark: "negative room", size: 1, capacity: -1, isExact: false },
    { remark: "a count that is no whole number", size: 3, capacity: 1.5, isExact: true },
  ])("$remark", ({ size, capacity, isExact, objective }) => {
    const profits = new Float64Array(size * size).fill(7);
    const weights = new Float64Array(size).fill(1);
    const problem = { size, profits, weights, capacity, isExact };
    const answer = quadraticKnapsack(problem, randomStream(1));
    expect(answer.isProved).toBe(true);
    expect(answer.objective).toBe(objective ?? Number.NEGATIVE_INFINITY);
    expect(answer.packed === undefined).toBe(objective === undefined);
  });

  test("real profits are proved within rounding", () => {
    const { profits, ...rest } = problemOf(randomStream(8), 9, { min: 0, max: 50 }, false);
    const problem = { ...rest, profits: profits.map((profit) => profit / 7) };
    const answer = quadraticKnapsack(problem, randomStream(1));
    expect(answer.objective).toBeCloseTo(bestByEnumeration(problem), 9);
  });

  test("stopped early, the answer is a packing and the bound holds", () => {
    const problem = problemOf(randomStream(4), 40, { min: -20, max: 100 }, false);
    const proved = quadraticKnapsack(problem, randomStream(1));
    expect(proved.isProved).toBe(true);
    for (const work of [1, 10_000, 30_000, 100_000]) {
      const answer = quadraticKnapsack(problem, randomStream(1), workBudget(work));
      expect(answer.bound).toBeGreaterThanOrEqual(proved.objective);
      expect(answer.objective).toBeLessThanOrEqual(proved.objective);
      expect(answer.packed).toSatisfy((packed: Uint8Array) => isPacking(problem, packed));
    }
    expect(quadraticKnapsack(problem, randomStream(1), workBudget(1)).isProved).toBe(false);
  });
});
