/**
 * Every move is judged as verify judges the order it leads to, whatever the rules, the length and
 * the way there.
 */
import { expect, test } from "vitest";
import { type RandomStream, randomStream } from "#foundation";
import { mixedShape, orderedSelection } from "../../../test/generators/ordered-selections.ts";
import { HARD, type OrderedSelection } from "../ordered-selection.ts";
import { layOut } from "./layout.ts";
import { MoveScan } from "./moves.ts";
import { SelectionState } from "./state.ts";
import { verifySelection } from "./verify-selection.ts";

const shapes = [
  ["a bit of everything", mixedShape],
  ["rules that may clash", { ...mixedShape, planted: false, pins: 3, spacingShare: 1 }],
  ["soft rules only", { ...mixedShape, hardShare: 0, spacingShare: 1, pins: 3 }],
  ["no rules", { ...mixedShape, caps: 0, minima: 0, pins: 0, spacingShare: 0 }],
  ["no similarity", { ...mixedShape, dimension: 0, overrideShare: 0 }],
  ["more groups than one mask has bits", { ...mixedShape, groupCount: 70, spacingShare: 1 }],
  ["fewer items than positions", { ...mixedShape, itemCount: 4, positionCount: 9 }],
  ["one position", { ...mixedShape, positionCount: 1 }],
  ["weights that end in zeros", { ...mixedShape, weights: "zero-tail" as const }],
  ["many items, so that sums reach only some", { ...mixedShape, itemCount: 100, dimension: 400 }],
] as const;

test.each(shapes)("moves agree with verify: %s", (_remark, shape) => {
  for (let seed = 0; seed < 15; seed += 1) {
    const stream = randomStream(seed, "state");
    const problem = orderedSelection(stream, shape);
    const state = new SelectionState(layOut(problem));
    const scan = new MoveScan(state);
    for (let step = 0; step < 25; step += 1) {
      checkBestMove(problem, scan, stream);
      if (scan.position >= 0 && stream.below(4) > 0) scan.apply();
      else disturb(state, stream);
      checkTotals(problem, state);
    }
  }
});

test("an empty problem has an empty state", () => {
  const shape = { ...mixedShape, itemCount: 0, pins: 0, minima: 0 };
  const problem = orderedSelection(randomStream(1), shape);
  const state = new SelectionState(layOut(problem));
  checkTotals(problem, state);
  expect(state.sample().values).toHaveLength(0);
});

test("loading takes any list of distinct ranks, in its order", () => {
  const problem = orderedSelection(randomStream(2), mixedShape);
  const state = new SelectionState(layOut(problem));
  state.load(Int32Array.of(29, 0, 17), 3);
  checkTotals(problem, state);
  expect([...state.order.subarray(0, 3)]).toEqual([29, 0, 17]);
});

/**
 * The best move over one random position, against all orders it can lead to, each judged by verify.
 */
function checkBestMove(problem: OrderedSelection, scan: MoveScan, stream: RandomStream): void {
  const { state } = scan;
  const { layout, length } = state;
  const position = stream.below(length + 1);
  scan.reset(Number.NEGATIVE_INFINITY);
  if (position === length && length === layout.lengthMax) return;
  scan.open(position);
  scan.scan(new Int32Array(layout.itemCount), 0, Number.POSITIVE_INFINITY);
  scan.scanReinsertion(Number.NEGATIVE_INFINITY);
  scan.scanExchanges(position, Number.NEGATIVE_INFINITY);
  const order = [...state.order.subarray(0, length)];
  const rest = order.filter((_, place) => place !== position);
  let best = Number.NEGATIVE_INFINITY;
  for (let rank = 0; rank < layout.itemCount; rank += 1) {
    if (rest.includes(rank)) continue;
    for (let slot = 0; slot <= rest.length; slot += 1) {
      if (rank === order[position] && slot === position) continue;
      best = Math.max(best, meritOf(problem, state, rest.toSpliced(slot, 0, rank)));
    }
  }
  for (let other = position + 1; other < length; other += 1) {
    const swapped = order.with(position, order[other]).with(other, order[position]);
    best = Math.max(best, meritOf(problem, state, swapped));
  }
  expect(scan.merit).toBeCloseTo(best, 9);
}

function disturb(state: SelectionState, stream: RandomStream): void {
  const { length, layout } = state;
  if (length >= 2 && stream.below(2) === 0) {
    state.exchange(stream.below(length), stream.below(length));
    return;
  }
  const free = [...layout.rankOf.keys()].filter((rank) => state.chosen[rank] === 0);
  if (length < layout.lengthMax && free.length > 0) {
    state.change(length, free[stream.below(free.length)], stream.below(length + 1));
  }
}

function checkTotals(problem: OrderedSelection, state: SelectionState): void {
  const verdict = verifySelection(problem, state.sample());
  const hard = verdict.violations.filter(({ penalty }) => penalty === HARD);
  expect(state.objective).toBeCloseTo(verdict.objective, 12);
  expect(state.freshObjective()).toBeCloseTo(verdict.objective, 13);
  expect(state.hardCount).toBe(hard.reduce((total, { count }) => total + count, 0));
}

function meritOf(
  problem: OrderedSelection,
  state: SelectionState,
  ranks: readonly number[],
): number {
  const values = Int32Array.from(ranks, (rank) => state.layout.itemAt[rank]);
  const { objective, violations } = verifySelection(problem, { values });
  const hard = violations.filter(({ penalty }) => penalty === HARD);
  return objective - state.layout.hardPrice * hard.reduce((total, { count }) => total + count, 0);
}
