/** The 0/1 knapsack against a table over every whole capacity, hard correlated items included. */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { knapsack } from "./knapsack.ts";

function bestByTable(profits: Float64Array, weights: Float64Array, capacity: number): number {
  const best = new Float64Array(capacity + 1);
  for (let item = 0; item < profits.length; item += 1) {
    for (let room = capacity; room >= weights[item]; room -= 1) {
      best[room] = Math.max(best[room], best[room - weights[item]] + profits[item]);
    }
  }
  return best[capacity];
}

describe("the knapsack", () => {
  test.each([
    { remark: "unrelated", profitOf: (_: number, draw: number) => draw },
    { remark: "weakly related", profitOf: (weight: number, draw: number) => weight + draw / 10 },
    { remark: "strongly related", profitOf: (weight: number) => weight + 10 },
    { remark: "subset sum", profitOf: (weight: number) => weight },
    { remark: "worthless", profitOf: (weight: number) => -weight },
  ])("$remark profits: as good as the table of all capacities", ({ profitOf }) => {
    for (let seed = 0; seed < 6; seed += 1) {
      const stream = randomStream(seed, "knapsack");
      const weights = Float64Array.from({ length: 150 }, () => 1 + stream.below(300));
      const profits = weights.map((weight) => Math.floor(profitOf(weight, stream.below(300))));
      const capacity = stream.below(20_000);
      const answer = knapsack(profits, weights, capacity);
      expect(answer.objective).toBe(bestByTable(profits, weights, capacity));
      expect(answer.isProved).toBe(true);
      const packed = answer.packed ?? new Uint8Array(0);
      expect(packed).toHaveLength(150);
      const sum = (values: Float64Array) =>
        values.reduce((total, value, item) => total + value * packed[item], 0);
      expect(sum(profits)).toBe(answer.objective);
      expect(sum(weights)).toBeLessThanOrEqual(capacity);
    }
  });

  test.each([
    { remark: "no items", profits: [], weights: [], capacity: 1, objective: 0 },
    {
      remark: "no room but for what weighs nothing",
      profits: [3, 2],
      weights: [1, 0],
      capacity: 0,
      objective: 2,
    },
    { remark: "negative room", profits: [1], weights: [1], capacity: -1, objective: -Infinity },
  ])("$remark", ({ profits, weights, capacity, objective }) => {
    const answer = knapsack(Float64Array.from(profits), Float64Array.from(weights), capacity);
    expect(answer.objective).toBe(objective);
    expect(answer.packed === undefined).toBe(objective === -Infinity);
  });
});
