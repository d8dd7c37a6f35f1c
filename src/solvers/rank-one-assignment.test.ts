/** The dynamic programme against every choice of items, in every order. */
import { expect, test } from "vitest";
import { randomStream } from "#foundation";
import { MAY, MUST, NEVER, RankOneAssignment } from "./rank-one-assignment.ts";

test("finds the best choice, and a choice that attains it", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const { weights, values, costs, status } = drawCase(seed);
    const assignment = new RankOneAssignment(weights, values.length);
    const got = assignment.solve(values, costs, status, values.length);
    expect(got).toBeCloseTo(best(weights, values, costs, status), 12);
    if (got === Number.NEGATIVE_INFINITY) continue;
    const worth = assignment.chosen.reduce(
      (sum, item, slot) => sum + weights[slot] * values[item] - costs[item],
      0,
    );
    expect(worth).toBeCloseTo(got, 12);
  }
});

test("excludes exactly the items that no choice above the floor contains", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const { weights, values, costs, status } = drawCase(seed);
    const before = status.slice();
    const floor = best(weights, values, costs, status) - 0.5;
    const assignment = new RankOneAssignment(weights, values.length);
    assignment.exclude(values, costs, status, values.length, floor);
    for (let item = 0; item < values.length; item += 1) {
      if (before[item] !== MAY) continue;
      const forced = before.with(item, MUST);
      const useful = best(weights, values, costs, forced) > floor;
      expect(status[item]).toBe(useful ? MAY : NEVER);
    }
  }
});

test("with no slots there is one choice, worth nothing", () => {
  const nothing = new Float64Array(0);
  const assignment = new RankOneAssignment(nothing, 0);
  expect(assignment.solve(nothing, nothing, new Int8Array(0), 0)).toBe(0);
});

function drawCase(seed: number) {
  const stream = randomStream(seed, "assignment");
  const draw = () => stream.unit() * 2 - 0.5;
  const weights = Float64Array.from({ length: 1 + stream.below(3) }, () => stream.unit());
  const values = Float64Array.from({ length: stream.below(7) }, draw);
  return {
    weights: weights.sort((a, b) => b - a),
    values: values.sort((a, b) => b - a),
    costs: values.map(draw),
    status: Int8Array.from(values, () => [MAY, MAY, MAY, MUST, NEVER][stream.below(5)]),
  };
}

/** By trying every sequence of distinct items. */
function best(
  weights: Float64Array,
  values: Float64Array,
  costs: Float64Array,
  status: Int8Array,
): number {
  const visit = (slot: number, used: ReadonlySet<number>): number => {
    if (slot === weights.length) {
      return status.every((must, item) => must !== MUST || used.has(item)) ? 0 : -Infinity;
    }
    let most = -Infinity;
    for (const [item, value] of values.entries()) {
      if (used.has(item) || status[item] === NEVER) continue;
      const rest = visit(slot + 1, new Set([...used, item]));
      most = Math.max(most, weights[slot] * value - costs[item] + rest);
    }
    return most;
  };
  return visit(0, new Set());
}
