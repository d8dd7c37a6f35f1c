/** The bound at the root holds for every order, and what it drops is in no better one. */
import { expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import { verify } from "#problem";
import {
  mixedShape,
  orderedSelection,
  type SelectionShape,
} from "../../../test/generators/ordered-selections.ts";
import { begin, descendInTurn, openSearch } from "../local-search.ts";
import { Relaxation } from "../relaxation.ts";
import { tightenRoot } from "./root.ts";
import { SimilarityMatrix } from "./similarity-matrix.ts";

const small: SelectionShape = {
  ...mixedShape,
  itemCount: 7,
  positionCount: 4,
  groupCount: 3,
  dimension: 3,
  diversityWeight: 1,
};

test.each([
  ["a bit of everything", small],
  ["vectors alone", { ...small, overrideShare: 0 }],
  ["given similarities alone, far from convex", { ...small, dimension: 0, overrideShare: 1 }],
  ["pins that hold two of four", { ...small, hardShare: 1, pins: 2 }],
  ["no similarity", { ...small, diversityWeight: 0 }],
  ["one position", { ...small, positionCount: 1 }],
])("no order is better than the bound, whatever the start: %s", (_remark, shape) => {
  for (let seed = 0; seed < 15; seed += 1) {
    const problem = orderedSelection(randomStream(seed, "root"), shape);
    const search = openSearch(problem, { seed, budget: workBudget(Number.POSITIVE_INFINITY) });
    // Filled, but not descended: the worse the order to beat, the more has to be bounded.
    begin(search, undefined, seed % 2 === 0 ? () => false : descendInTurn);
    const { layout, run } = search;
    if (run.bestLength < 0) continue;
    const relaxation = new Relaxation(layout, run.bestLength);
    const known = tightenRoot(search, relaxation);
    const left = new Set([...relaxation.candidates, ...relaxation.fixed]);
    for (const order of orders(problem.itemCount, run.bestLength)) {
      const verdict = verify(problem, { values: Int32Array.from(order) });
      if (!verdict.feasible) continue;
      expect(Math.max(relaxation.bound, run.bestObjective)).toBeGreaterThanOrEqual(
        verdict.objective - 1e-12,
      );
      if (verdict.objective <= run.bestObjective + 1e-9) continue;
      for (const item of order) expect(left.has(layout.rankOf[item])).toBe(true);
    }
    expect(known === undefined || known.size === left.size).toBe(true);
  }
});

test("the similarities of a few ranks are those of the rows, taken over or not", () => {
  const shape = { ...small, itemCount: 30, dimension: 5, overrideShare: 0.5 };
  const { layout, state } = openSearch(orderedSelection(randomStream(3, "matrix"), shape), {
    seed: 1,
    budget: workBudget(1),
  });
  const ranks = Int32Array.of(4, 0, 29, 11, 7, 3, 18);
  const part = Int32Array.of(7, 29, 4);
  const whole = new SimilarityMatrix(layout, ranks, undefined);
  const matrices = [
    [whole, ranks],
    [new SimilarityMatrix(layout, part, whole), part],
    [new SimilarityMatrix(layout, ranks, new SimilarityMatrix(layout, part, undefined)), ranks],
    [new SimilarityMatrix(layout, new Int32Array(0), undefined), new Int32Array(0)],
  ] as const;
  for (const [matrix, held] of matrices) {
    expect(matrix.size).toBe(held.length);
    for (const rank of held) {
      const expected = state.rows.hold(rank, layout.itemCount);
      const row = matrix.hold(rank, held.length);
      for (const [place, other] of held.entries()) {
        expect(row[place]).toBeCloseTo(expected[other], 12);
      }
      state.rows.release(rank);
    }
  }
});

/** Every order of `length` of the items 0 to `count` - 1. */
function orders(count: number, length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  return orders(count, length - 1).flatMap((order) =>
    Array.from({ length: count }, (_, item) => item)
      .filter((item) => !order.includes(item))
      .map((item) => [...order, item]),
  );
}
