/** The best k of n against all sets of k, and a size no enumeration reaches. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { quadraticKnapsack } from "./quadratic-knapsack.ts";

function profitsOf(seed: number, size: number, gainMax: number, penaltyMax: number): Float64Array {
  const stream = randomStream(seed, "best-set");
  const profits = new Float64Array(size * size);
  for (let item = 0; item < size; item += 1) {
    profits[item * size + item] = stream.below(gainMax + 1);
    for (let other = 0; other < item; other += 1) {
      profits[item * size + other] = -stream.below(penaltyMax + 1);
      profits[other * size + item] = profits[item * size + other];
    }
  }
  return profits;
}

/** The best `count` of the items. */
function bestSet(profits: Float64Array, size: number, count: number) {
  const weights = new Float64Array(size).fill(1);
  const problem = { size, profits, weights, capacity: count, isExact: true };
  return quadraticKnapsack(problem, randomStream(1));
}

/** Best sum over sets of `count` of the items from `first` on, together with `chosen`. */
function bestByEnumeration(
  profits: Float64Array,
  size: number,
  count: number,
  chosen: readonly number[] = [],
): number {
  if (count === 0) return 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let item = (chosen.at(-1) ?? -1) + 1; item < size; item += 1) {
    const added = [...chosen, item].reduce((sum, each) => sum + profits[item * size + each], 0);
    const rest = bestByEnumeration(profits, size, count - 1, [...chosen, item]);
    best = Math.max(best, added + rest);
  }
  return best;
}

describe("the best set", () => {
  test("is as good as the best of all sets of its size", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 10 }), fc.nat(11), (seed, size, count) => {
        const profits = profitsOf(seed, size, 40, 30);
        const answer = bestSet(profits, size, count);
        expect(answer.isProved).toBe(true);
        expect(answer.objective).toBe(bestByEnumeration(profits, size, count));
      }),
      { numRuns: 100 },
    );
  });

  test("10 of 40 with 780 penalties is proved, and no exchange improves it", () => {
    const size = 40;
    const profits = profitsOf(1, size, 100, 60);
    const { packed, objective, isProved } = bestSet(profits, size, 10);
    expect(isProved).toBe(true);
    const set = Array.from({ length: size }, (_, item) => item).filter(
      (item) => packed?.[item] === 1,
    );
    expect(set).toHaveLength(10);
    const profitOf = (items: readonly number[]) =>
      items.reduce(
        (sum, item, at) =>
          items.slice(0, at + 1).reduce((part, other) => part + profits[item * size + other], sum),
        0,
      );
    expect(profitOf(set)).toBe(objective);
    for (let at = 0; at < set.length; at += 1) {
      for (let item = 0; item < size; item += 1) {
        if (!set.includes(item))
          expect(profitOf(set.with(at, item))).toBeLessThanOrEqual(objective);
      }
    }
  });
});
