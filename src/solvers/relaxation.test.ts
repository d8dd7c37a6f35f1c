/**
 * The bound holds at every step, for every order of its length, and is tight where nothing is
 * relaxed.
 */
import { expect, test } from "vitest";
import { randomStream } from "#foundation";
import { layOut, type OrderedSelection, verify } from "#problem";
import {
  mixedShape,
  orderedSelection,
  type SelectionShape,
} from "../../test/generators/ordered-selections.ts";
import { lengthCeiling } from "./length-ceiling.ts";
import { Relaxation } from "./relaxation.ts";

const small: SelectionShape = {
  ...mixedShape,
  itemCount: 6,
  positionCount: 4,
  groupCount: 3,
  dimension: 3,
};
const never = () => false;

test.each([
  ["a bit of everything", small],
  ["soft rules", { ...small, hardShare: 0, minima: 3, pins: 3 }],
  ["hard rules", { ...small, hardShare: 1, spacingShare: 1 }],
  ["similarities below the vectors'", { ...small, overrideShare: 1, diversityWeight: 3 }],
])("no order is better than its length's bound, whatever the step: %s", (_remark, shape) => {
  for (let seed = 0; seed < 20; seed += 1) {
    const problem = orderedSelection(randomStream(seed, "relaxation"), shape);
    const layout = layOut(problem);
    for (let length = 0; length <= layout.lengthMax; length += 1) {
      const best = bestOf(problem, length);
      if (best > -Infinity) expect(length).toBeLessThanOrEqual(lengthCeiling(layout));
      for (const [target, steps] of [
        [-Infinity, 1],
        [-Infinity, 15],
        [best - 0.01, 15],
      ]) {
        const bound = new Relaxation(layout, length).tighten(target, steps, never);
        expect(Math.max(bound, target), `seed ${seed}, length ${length}`).toBeGreaterThanOrEqual(
          best,
        );
      }
    }
  }
});

test("is exact where there are no rules and no similarity", () => {
  const free = { ...small, caps: 0, minima: 0, pins: 0, spacingShare: 0, diversityWeight: 0 };
  const problem = orderedSelection(randomStream(1), free);
  const bound = new Relaxation(layOut(problem), 4).tighten(-Infinity, 1, never);
  expect(bound).toBeCloseTo(bestOf(problem, 4), 12);
});

test("the multipliers close what one rule leaves open", () => {
  const free = { ...small, caps: 0, minima: 0, pins: 0, spacingShare: 0, diversityWeight: 0 };
  const base = orderedSelection(randomStream(2), free);
  const byValue = [...base.values.keys()].sort((a, b) => base.values[b] - base.values[a]);
  const members = Int32Array.from(byValue.slice(0, 3)).sort();
  const rule = { rule: "max", bound: "at-most", count: 1, members, penalty: Infinity } as const;
  const problem = { ...base, counts: [rule] };
  const best = bestOf(problem, 3);
  const first = new Relaxation(layOut(problem), 3).tighten(-Infinity, 1, never);
  const last = new Relaxation(layOut(problem), 3).tighten(best, 60, never);
  expect(last - best).toBeLessThan(0.2 * (first - best));
});

/** The best objective of a feasible order of `length`, by trying all. */
function bestOf(problem: OrderedSelection, length: number): number {
  let best = -Infinity;
  const visit = (order: readonly number[]) => {
    if (order.length === length) {
      const verdict = verify(problem, { values: Int32Array.from(order) });
      if (verdict.feasible) best = Math.max(best, verdict.objective);
      return;
    }
    for (let item = 0; item < problem.itemCount; item += 1) {
      if (!order.includes(item)) visit([...order, item]);
    }
  };
  visit([]);
  return best;
}
