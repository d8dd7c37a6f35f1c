/** The knapsack with several capacities: what its proofs are worth where costs are large. */
import { expect, test } from "vitest";
import { workBudget } from "#foundation";
import { ProblemBuilder, sum } from "#problem";
import { multiKnapsack } from "./multi-knapsack.ts";

function problemOf(unit: number, offset: number) {
  const builder = new ProblemBuilder();
  const items = ["a", "b", "c", "d", "e"].map((name) => builder.binary(name));
  const weighted = (factors: readonly number[]) =>
    sum(...items.map((item, at) => item.times(factors[at])));
  builder.maximise(sum(weighted([1, 17, 16, 3, 16].map((cost) => cost * unit)), offset));
  builder.require("first", weighted([9, 4, 0, 1, 8]).atMost(19));
  builder.require("second", weighted([13, 4, 5, 7, 15]).atMost(21));
  builder.require("third", weighted([12, 14, 8, 3, 6]).atMost(26));
  return builder.build();
}

test.each([
  ["small costs", 1, 0],
  ["large ones with a large divisor", 1e9, -5e9],
  ["costs that are all 0", 0, 7],
])("%s", (_remark, unit, offset) => {
  const options = { seed: 1, budget: workBudget(Number.POSITIVE_INFINITY) };
  const objective = 36 * unit + offset;
  expect(multiKnapsack.solve(problemOf(unit, offset), options)).toMatchObject({
    status: "optimal",
    best: { objective },
    bound: objective,
  });
});

test("stopped, it gives a bound in the costs of the problem", () => {
  const { bound } = multiKnapsack.solve(problemOf(1e9, 0), { seed: 1, budget: workBudget(1) });
  expect(bound).toBeGreaterThanOrEqual(36e9);
  expect(bound).toBeLessThan(53e9);
});
