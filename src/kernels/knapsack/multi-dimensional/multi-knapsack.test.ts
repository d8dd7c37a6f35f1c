/** The knapsack with several capacities against all packings, and what it knows when stopped. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import { type MultiKnapsack, packedProfit } from "./instance.ts";
import { multiKnapsack } from "./multi-knapsack.ts";

/** As Chu and Beasley make them: profits follow weights, capacities are a share of them. */
function problemOf(seed: number, items: number, rows: number, share: number): MultiKnapsack {
  const stream = randomStream(seed, "multi-knapsack");
  const weights = Float64Array.from({ length: rows * items }, () => stream.below(100));
  const profits = new Float64Array(items);
  const capacities = new Float64Array(rows);
  for (let item = 0; item < items; item += 1) {
    profits[item] = stream.below(50) - 5;
    for (let row = 0; row < rows; row += 1) {
      profits[item] += Math.round(weights[row * items + item] / rows);
      capacities[row] += weights[row * items + item] * share;
    }
  }
  return { items, rows, profits, weights, capacities: capacities.map(Math.floor) };
}

function fits({ items, rows, weights, capacities }: MultiKnapsack, packed: Uint8Array): boolean {
  for (let row = 0; row < rows; row += 1) {
    let load = 0;
    for (let item = 0; item < items; item += 1) load += weights[row * items + item] * packed[item];
    if (load > capacities[row]) return false;
  }
  return true;
}

function bestByEnumeration(problem: MultiKnapsack): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let set = 0; set < 2 ** problem.items; set += 1) {
    const packed = Uint8Array.from({ length: problem.items }, (_, item) => (set >> item) & 1);
    if (fits(problem, packed)) best = Math.max(best, packedProfit(problem, packed));
  }
  return best;
}

describe("the knapsack with several capacities", () => {
  test("is as good as the best of all packings", () => {
    const shares = fc.constantFrom(0, 0.1, 0.25, 0.5, 0.75, 1);
    const sizes = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(fc.nat(), sizes, shares, (seed, [items, rows], share) => {
        const problem = problemOf(seed, items, rows, share);
        const answer = multiKnapsack(problem, randomStream(1));
        expect(answer.isProved).toBe(true);
        expect(answer.objective).toBe(bestByEnumeration(problem));
        expect(answer.bound).toBe(answer.objective);
        expect(answer.packed).toSatisfy((packed: Uint8Array) => fits(problem, packed));
      }),
      { numRuns: 300 },
    );
  });

  test("ties and equal items cost no answer", () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const stream = randomStream(seed, "ties");
      const draw = () => 1 + stream.below(3);
      const problem: MultiKnapsack = {
        items: 10,
        rows: 3,
        profits: Float64Array.from({ length: 10 }, draw),
        weights: Float64Array.from({ length: 30 }, draw),
        capacities: Float64Array.from([9, 10, 11]),
      };
      const answer = multiKnapsack(problem, randomStream(1));
      expect(answer.objective).toBe(bestByEnumeration(problem));
    }
  });

  test("a larger problem has the same optimum whatever the order of its items and rows", () => {
    const problem = problemOf(3, 40, 5, 0.5);
    const { items, rows, profits, weights, capacities } = problem;
    const turned: MultiKnapsack = {
      items,
      rows,
      profits: profits.toReversed(),
      weights: weights.toReversed(),
      capacities: capacities.toReversed(),
    };
    const [one, other] = [problem, turned].map((each) => multiKnapsack(each, randomStream(1)));
    expect(one.isProved && other.isProved).toBe(true);
    expect(one.objective).toBe(other.objective);
  });

  test("nothing fits a negative capacity", () => {
    const problem = { ...problemOf(1, 3, 1, 1), capacities: Float64Array.of(-1) };
    expect(multiKnapsack(problem, randomStream(1)).packed).toBeUndefined();
  });

  test("stopped early, the packing fits and the bound holds", () => {
    const problem = problemOf(3, 40, 5, 0.5);
    const proved = multiKnapsack(problem, randomStream(1));
    for (const work of [1, 100_000, 200_000, 400_000]) {
      const answer = multiKnapsack(problem, randomStream(1), workBudget(work));
      expect(answer.bound).toBeGreaterThanOrEqual(proved.objective);
      expect(answer.objective).toBeLessThanOrEqual(proved.objective);
      expect(answer.packed).toSatisfy((packed: Uint8Array) => fits(problem, packed));
    }
    expect(multiKnapsack(problem, randomStream(1), workBudget(1)).isProved).toBe(false);
  });
});
