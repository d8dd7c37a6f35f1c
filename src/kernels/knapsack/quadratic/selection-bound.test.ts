/**
 * The bound for an exact count against all selections: of the whole node, of each side of each
 * item, after any steps and any decisions taken and taken back.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import type { QuadraticKnapsack } from "./instance.ts";
import { Node } from "./node.ts";
import { SelectionBound } from "./selection-bound.ts";

function selectionOf(seed: number, size: number, capacity: number): QuadraticKnapsack {
  const stream = randomStream(seed, "selection-bound");
  const profits = new Float64Array(size * size);
  for (let item = 0; item < size; item += 1) {
    for (let other = 0; other <= item; other += 1) {
      profits[item * size + other] = stream.below(81) - 60;
      profits[other * size + item] = profits[item * size + other];
    }
  }
  return { size, profits, weights: new Float64Array(size).fill(1), capacity, isExact: true };
}

/** The best selection that keeps to what the node has decided and to `side`, by trying all. */
function bestOf(
  node: Node,
  problem: QuadraticKnapsack,
  side: { item: number; isPacked: boolean } | undefined,
) {
  const { size, profits, capacity } = problem;
  let best = Number.NEGATIVE_INFINITY;
  for (let set = 0; set < 2 ** size; set += 1) {
    const has = (item: number) => (set >> item) & 1;
    let count = 0;
    let profit = 0;
    let agrees = side === undefined || has(side.item) === Number(side.isPacked);
    for (let item = 0; item < size; item += 1) {
      if (!node.isFree(item) && has(item) !== node.packed[item]) agrees = false;
      if (has(item) === 0) continue;
      count += 1;
      for (let other = 0; other <= item; other += 1) {
        if (has(other) === 1) profit += profits[item * size + other];
      }
    }
    if (agrees && count === capacity) best = Math.max(best, profit);
  }
  return best;
}

function expectToHold(bounds: SelectionBound, node: Node, problem: QuadraticKnapsack): void {
  const bound = bounds.evaluate(node);
  expect(bound).toBeGreaterThanOrEqual(bestOf(node, problem, undefined) - 1e-9);
  if (bound === Number.NEGATIVE_INFINITY) return;
  bounds.boundSides(node);
  for (const item of node.free.slice(0, node.freeCount)) {
    const packed = bestOf(node, problem, { item, isPacked: true });
    const dropped = bestOf(node, problem, { item, isPacked: false });
    expect(bounds.packedBound[item]).toBeGreaterThanOrEqual(packed - 1e-9);
    expect(bounds.droppedBound[item]).toBeGreaterThanOrEqual(dropped - 1e-9);
  }
}

describe("the bound of a selection", () => {
  test("holds at every node, for each side of each item", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 7 }), fc.nat(7), (seed, size, count) => {
        const problem = selectionOf(seed, size, count);
        const node = new Node(problem);
        const bounds = new SelectionBound(problem);
        const stream = randomStream(seed);
        for (let turn = 0; turn < 12; turn += 1) {
          expectToHold(bounds, node, problem);
          const bound = bounds.evaluate(node);
          if (bound > Number.NEGATIVE_INFINITY) bounds.step(node, bound, bound - 20, 1);
          if (node.freeCount === 0 || stream.below(3) === 0) node.undoTo(stream.below(2));
          else if (node.room > 0 && stream.below(2) === 0) node.pack(node.free[0]);
          else node.drop(node.free[0]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("steps lower it, to the best selection where items agree", () => {
    const problem = selectionOf(3, 8, 4);
    const node = new Node(problem);
    const bounds = new SelectionBound(problem);
    const best = bestOf(node, problem, undefined);
    const first = bounds.evaluate(node);
    let least = first;
    for (let step = 0; step < 300; step += 1) {
      bounds.step(node, bounds.evaluate(node), best, 1);
      least = Math.min(least, bounds.evaluate(node));
    }
    expect(least).toBeLessThan(first - 0.5 * (first - best));
  });

  test.each([
    { remark: "nothing to pick from", size: 0, count: 0, bound: 0 },
    { remark: "nothing to pick", size: 5, count: 0, bound: 0 },
    { remark: "more to pick than there is", size: 3, count: 4, bound: Number.NEGATIVE_INFINITY },
  ])("$remark", ({ size, count, bound }) => {
    const problem = selectionOf(1, size, count);
    expect(new SelectionBound(problem).evaluate(new Node(problem))).toBe(bound);
  });

  test("all of them: the bound is what they are worth", () => {
    const problem = selectionOf(2, 6, 6);
    const node = new Node(problem);
    const best = bestOf(node, problem, undefined);
    expect(new SelectionBound(problem).evaluate(node)).toBeCloseTo(best, 9);
  });
});
