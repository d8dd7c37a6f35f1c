/** Search by exchanges: worths against the definition, and selections against trying every one. */
import { expect, test } from "vitest";
import { type RandomStream, randomStream, workBudget } from "#foundation";
import type { PairSelection } from "./instance.ts";
import { selectPairs } from "./select-pairs.ts";
import { SelectionWorths } from "./state.ts";

function drawn(stream: RandomStream, size: number, count: number, unit = 1): PairSelection {
  const profits = new Float64Array(size * size);
  for (let one = 0; one < size; one += 1) {
    for (let other = 0; other <= one; other += 1) {
      const profit = unit * (stream.below(101) - 40);
      profits[one * size + other] = profit;
      profits[other * size + one] = profit;
    }
  }
  return { size, count, profits };
}

function profitOf({ size, profits }: PairSelection, selected: ArrayLike<number>): number {
  let profit = 0;
  for (let one = 0; one < size; one += 1) {
    for (let other = 0; other <= one; other += 1) {
      if (selected[one] === 1 && selected[other] === 1) profit += profits[one * size + other];
    }
  }
  return profit;
}

function mostByTrying(instance: PairSelection): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let code = 0; code < 2 ** instance.size; code += 1) {
    const selected = Array.from({ length: instance.size }, (_, bit) => (code >> bit) & 1);
    if (selected.reduce((sum, one) => sum + one, 0) !== instance.count) continue;
    most = Math.max(most, profitOf(instance, selected));
  }
  return most;
}

const cases: readonly (readonly [remark: string, size: number, count: number, unit: number])[] = [
  ["some of many", 12, 4, 1],
  ["fractions", 11, 5, 0.1],
  ["one", 9, 1, 1],
  ["all but one", 9, 8, 1],
  ["one of two", 2, 1, 1],
  ["none", 5, 0, 1],
  ["all", 5, 5, 1],
  ["nothing to select from", 0, 0, 1],
];

test.each(cases)("finds what trying every selection finds: %s", (remark, size, count, unit) => {
  const instance = drawn(randomStream(1, remark), size, count, unit);
  const heard: number[] = [];
  const selected = selectPairs(instance, randomStream(2), workBudget(100_000), {
    onBetter: (better) => heard.push(profitOf(instance, better)),
  });
  expect(selected.reduce((sum, one) => sum + one, 0)).toBe(count);
  expect(profitOf(instance, selected)).toBeCloseTo(mostByTrying(instance), 6);
  expect(heard).toEqual(heard.toSorted((a, b) => a - b));
});

test.each(cases.filter(([, size, count]) => count > 0 && count < size))(
  "worths are right after any exchange: %s",
  (remark, size, count, unit) => {
    const instance = drawn(randomStream(1, remark), size, count, unit);
    const stream = randomStream(3, remark);
    const state = new SelectionWorths(instance);
    const selected = new Uint8Array(size);
    for (let step = 0; step < 30; step += 1) {
      const leaver = state.items[stream.below(count)];
      const comer = state.items[count + stream.below(size - count)];
      state.exchange(leaver, comer, stream.below(2) === 0, stream.below(2) === 0);
      state.copyTo(selected);
      expect(state.profit).toBeCloseTo(profitOf(instance, selected), 6);
      const worths = Array.from(selected, (_, item) => {
        const [without, withIt] = [selected.slice(), selected.slice()];
        without[item] = 0;
        withIt[item] = 1;
        return profitOf(instance, withIt) - profitOf(instance, without);
      });
      for (const [item, worth] of worths.entries()) expect(state.worths[item]).toBeCloseTo(worth);
      const leaving = worths.filter((_, item) => selected[item] === 1 && state.mayLeave(item));
      const coming = worths.filter((_, item) => selected[item] === 0 && state.mayCome(item));
      expect(state.leastLeaving).toBeCloseTo(Math.min(...leaving), 6);
      expect(state.greatestComing).toBeCloseTo(Math.max(...coming), 6);
    }
  },
);

test("a start is never lost, and the same stream and budget give the same selection", () => {
  const instance = drawn(randomStream(5), 60, 15);
  const run = (work: number, start?: Uint8Array) =>
    selectPairs(instance, randomStream(6), workBudget(work), { start });
  const good = run(3_000_000);
  expect(run(3_000_000)).toEqual(good);
  expect(profitOf(instance, run(1, good))).toBe(profitOf(instance, good));
});

test("who is told of an answer may do with it as they like", () => {
  const instance = drawn(randomStream(11), 30, 8);
  const run = (onBetter?: (better: Uint8Array) => void) =>
    selectPairs(instance, randomStream(12), workBudget(200_000), { onBetter });
  expect(run((better) => better.fill(1))).toEqual(run());
});

test.each([
  ["nothing selected", [0, 0, 0, 0, 0, 0]],
  ["all selected", [1, 1, 1, 1, 1, 1]],
  ["an item twice", [2, 0, 0, 0, 0, 0]],
  ["too few items", [1, 1]],
  ["too many items", [1, 1, 0, 0, 0, 0, 0]],
])("a start that does not fit is passed over: %s", (_, start) => {
  const instance = drawn(randomStream(9), 6, 2);
  const run = (exchange: { readonly start?: Uint8Array }) =>
    selectPairs(instance, randomStream(10), workBudget(1), exchange);
  expect(run({ start: Uint8Array.from(start) })).toEqual(run({}));
});

test("a run that is told to stop does no more work", () => {
  const instance = drawn(randomStream(7), 200, 50);
  let ticks = 0;
  const tick = () => {
    ticks += 1;
    return ticks === 3 ? ("stop" as const) : ("continue" as const);
  };
  selectPairs(instance, randomStream(8), { tick });
  expect(ticks).toBe(3);
});
