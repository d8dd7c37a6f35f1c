/**
 * The verdict on an order, computed the slow and obvious way. Shares no code with any solver: what
 * a solver says of its own sample is never believed.
 */
import { assert } from "#foundation";
import { HARD, type OrderedSelection, type Similarity } from "../ordered-selection.ts";
import type { Sample } from "../problem.ts";
import type { Verdict, Violation } from "../verdict.ts";

/**
 * Judges `sample`.
 *
 * @throws AssertionError when it is not a list of at most k distinct item indices.
 */
export function verifySelection(problem: OrderedSelection, sample: Sample): Verdict {
  const order = sample.values;
  assert(order.length <= problem.positionCount, `at most ${problem.positionCount} positions`);
  const chosen = new Uint8Array(problem.itemCount);
  for (const item of order) {
    assert(item >= 0 && item < problem.itemCount, `no item ${item}`);
    assert(chosen[item] === 0, "each item at most once");
    chosen[item] = 1;
  }
  const violations = [...brokenCounts(problem, chosen), ...brokenPins(problem, order)];
  const adjacent = problem.spacing === undefined ? 0 : sharedNeighbours(problem.spacing, order);
  if (problem.spacing !== undefined && adjacent > 0) {
    const { rule, penalty } = problem.spacing;
    violations.push({ rule, count: adjacent, penalty });
  }
  let objective = 0;
  for (const [position, item] of order.entries()) {
    objective += problem.positionWeights[position] * problem.values[item];
  }
  objective -= problem.diversityWeight * meanSimilarity(problem.similarity, order);
  for (const broken of violations) {
    if (broken.penalty !== HARD) objective -= broken.count * broken.penalty;
  }
  return {
    feasible: violations.every((broken) => broken.penalty !== HARD),
    objective,
    violations,
  };
}

/**
 * How large the terms of an objective can be: what rounding and tolerances are measured by. An
 * objective may be a small difference of large terms, or all its terms may be tiny.
 */
export function selectionScale(problem: OrderedSelection): number {
  const { values, positionWeights, diversityWeight, counts, pins, spacing } = problem;
  const valueMax = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const weightSum = positionWeights.reduce((sum, weight) => sum + weight, 0);
  const penalties = [...counts, ...pins, ...(spacing === undefined ? [] : [spacing])]
    .map(({ penalty }) => penalty)
    .filter((penalty) => penalty !== HARD);
  return Math.max(valueMax * weightSum, diversityWeight, ...penalties);
}

/** The similarity of two items, from first principles. */
function pairSimilarity(similarity: Similarity, a: number, b: number): number {
  for (let entry = similarity.offsets[a]; entry < similarity.offsets[a + 1]; entry += 1) {
    if (similarity.others[entry] === b) return similarity.values[entry];
  }
  let dot = 0;
  for (let axis = 0; axis < similarity.dimension; axis += 1) {
    dot +=
      similarity.unitVectors[a * similarity.dimension + axis] *
      similarity.unitVectors[b * similarity.dimension + axis];
  }
  return Math.max(0, dot);
}

/** `chosen` is 1 for the items of the order. */
function brokenCounts(problem: OrderedSelection, chosen: Uint8Array): Violation[] {
  const broken: Violation[] = [];
  for (const { rule, bound, count, members, penalty } of problem.counts) {
    let present = 0;
    for (let entry = 0; entry < members.length; entry += 1) present += chosen[members[entry]];
    const excess = bound === "at-most" ? present - count : count - present;
    if (excess > 0) broken.push({ rule, count: excess, penalty });
  }
  return broken;
}

function brokenPins(problem: OrderedSelection, order: Int32Array): Violation[] {
  return problem.pins
    .filter(({ item, position }) => position >= order.length || order[position] !== item)
    .map(({ rule, penalty }) => ({ rule, count: 1, penalty }));
}

function sharedNeighbours(
  spacing: NonNullable<OrderedSelection["spacing"]>,
  order: Int32Array,
): number {
  const groupsOf = (item: number) =>
    spacing.groups.subarray(spacing.offsets[item], spacing.offsets[item + 1]);
  let shared = 0;
  for (let position = 1; position < order.length; position += 1) {
    const before = new Set(groupsOf(order[position - 1]));
    if (groupsOf(order[position]).some((group) => before.has(group))) shared += 1;
  }
  return shared;
}

function meanSimilarity(similarity: Similarity, order: Int32Array): number {
  if (order.length < 2) return 0;
  let total = 0;
  for (let first = 0; first < order.length; first += 1) {
    for (let second = first + 1; second < order.length; second += 1) {
      total += pairSimilarity(similarity, order[first], order[second]);
    }
  }
  return total / ((order.length * (order.length - 1)) / 2);
}
