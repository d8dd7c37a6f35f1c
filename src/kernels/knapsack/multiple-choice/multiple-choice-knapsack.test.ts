/** The multiple-choice knapsack against all choices, and against a plain dynamic programme. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import type { MultipleChoiceKnapsack } from "./instance.ts";
import { multipleChoiceKnapsack } from "./multiple-choice-knapsack.ts";

function problemOf(
  seed: number,
  classes: number,
  optionsMax: number,
  range: number,
): MultipleChoiceKnapsack {
  const stream = randomStream(seed, "multiple-choice");
  const offsets = new Int32Array(classes + 1);
  for (let at = 0; at < classes; at += 1) {
    offsets[at + 1] = offsets[at] + 1 + stream.below(optionsMax);
  }
  const weights = Float64Array.from({ length: offsets[classes] }, () => stream.below(range));
  const profits = weights.map((weight) => weight + stream.below(range) - (range >> 2));
  const capacity = stream.below(classes * range + 1) >> 1;
  return { offsets, profits, weights, capacity };
}

/** The best profit, by trying every option of every class. */
function bestByEnumeration({ offsets, profits, weights, capacity }: MultipleChoiceKnapsack) {
  const descend = (at: number, room: number): number => {
    if (room < 0) return Number.NEGATIVE_INFINITY;
    if (at + 1 >= offsets.length) return 0;
    let best = Number.NEGATIVE_INFINITY;
    for (let option = offsets[at]; option < offsets[at + 1]; option += 1) {
      best = Math.max(best, profits[option] + descend(at + 1, room - weights[option]));
    }
    return best;
  };
  return descend(0, capacity);
}

/** The best profit, by a table over every whole capacity. */
function bestByTable({ offsets, profits, weights, capacity }: MultipleChoiceKnapsack): number {
  let best = new Float64Array(capacity + 1);
  for (let at = 0; at + 1 < offsets.length; at += 1) {
    const next = new Float64Array(capacity + 1).fill(Number.NEGATIVE_INFINITY);
    for (let option = offsets[at]; option < offsets[at + 1]; option += 1) {
      for (let room = weights[option]; room <= capacity; room += 1) {
        next[room] = Math.max(next[room], profits[option] + best[room - weights[option]]);
      }
    }
    best = next;
  }
  return best[capacity];
}

function expectChoice(problem: MultipleChoiceKnapsack, best: number) {
  const answer = multipleChoiceKnapsack(problem);
  expect(answer.isProved).toBe(true);
  expect(answer.objective).toBe(best);
  if (best === Number.NEGATIVE_INFINITY) return;
  const optionOf = answer.optionOf ?? new Int32Array(0);
  let profit = 0;
  let weight = 0;
  for (const [at, option] of optionOf.entries()) {
    expect(option).toSatisfy(
      () => option >= problem.offsets[at] && option < problem.offsets[at + 1],
    );
    profit += problem.profits[option];
    weight += problem.weights[option];
  }
  expect(optionOf).toHaveLength(problem.offsets.length - 1);
  expect(profit).toBe(best);
  expect(weight).toBeLessThanOrEqual(problem.capacity);
}

describe("the multiple-choice knapsack", () => {
  test("is as good as the best of all choices", () => {
    const posed = fc.tuple(fc.nat(), fc.nat(5), fc.constantFrom(1, 2, 4), fc.constantFrom(3, 20));
    fc.assert(
      fc.property(posed, ([seed, classes, options, range]) => {
        const problem = problemOf(seed, classes, options, range);
        expectChoice(problem, bestByEnumeration(problem));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    { remark: "few options", classes: 200, options: 2, range: 100 },
    { remark: "many options", classes: 60, options: 20, range: 200 },
    { remark: "many ties", classes: 100, options: 5, range: 5 },
  ])("$remark: as good as the table of all capacities", ({ classes, options, range }) => {
    for (let seed = 0; seed < 5; seed += 1) {
      const problem = problemOf(seed, classes, options, range);
      expectChoice(problem, bestByTable(problem));
    }
  });

  test.each([
    { remark: "no classes", offsets: [0], capacity: 0, objective: 0 },
    {
      remark: "no classes and negative room",
      offsets: [0],
      capacity: -1,
      objective: Number.NEGATIVE_INFINITY,
    },
    {
      remark: "nothing light enough",
      offsets: [0, 1],
      capacity: 4,
      objective: Number.NEGATIVE_INFINITY,
    },
    { remark: "one that just fits", offsets: [0, 1], capacity: 5, objective: -3 },
  ])("$remark", ({ offsets, capacity, objective }) => {
    const options = offsets.at(-1) ?? 0;
    const problem: MultipleChoiceKnapsack = {
      offsets: Int32Array.from(offsets),
      profits: new Float64Array(options).fill(-3),
      weights: new Float64Array(options).fill(5),
      capacity,
    };
    expectChoice(problem, objective);
  });

  test("stopped early, the choice fits and the bound holds", () => {
    const problem = { ...problemOf(2, 40, 3, 1000), capacity: 16_001 };
    const best = multipleChoiceKnapsack(problem).objective;
    for (const work of [1, 10, 100]) {
      const answer = multipleChoiceKnapsack(problem, workBudget(work));
      expect(answer.bound).toBeGreaterThanOrEqual(best);
      expect(answer.objective).toBeLessThanOrEqual(best);
    }
    expect(multipleChoiceKnapsack(problem, workBudget(1)).isProved).toBe(false);
  });
});
