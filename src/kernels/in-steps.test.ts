/** Preparation in steps: the same answer paused or not, and the same pauses remembered or not. */
import { expect, test } from "vitest";
import { workBudget } from "#foundation";
import { atOnce, everyPart, everyRow, inSteps, rememberedInSteps, STEP_TERMS } from "./in-steps.ts";

function* counting(pauses: number) {
  for (let pause = 0; pause < pauses; pause += 1) yield;
  return pauses;
}

/** A budget that stops at its `last` tick and counts them. */
function countingBudget(last: number) {
  const heard = { ticks: 0, work: 0 };
  const tick = (work: number) => {
    heard.ticks += 1;
    heard.work += work;
    return heard.ticks < last ? ("continue" as const) : ("stop" as const);
  };
  return { heard, tick };
}

test("ticks at every pause, without work, and ends where it is told to", () => {
  const whole = countingBudget(100);
  expect(inSteps(counting(7), whole)).toBe(7);
  expect(whole.heard).toEqual({ ticks: 7, work: 0 });
  const stopped = countingBudget(3);
  expect(inSteps(counting(7), stopped)).toBeUndefined();
  expect(stopped.heard.ticks).toBe(3);
  expect(inSteps(counting(0), workBudget(0))).toBe(0);
});

test("what is remembered pauses as often as when it was made; what is stopped begins anew", () => {
  const problem = {};
  let made = 0;
  const remembered = rememberedInSteps(function* () {
    made += 1;
    return yield* counting(4);
  });
  expect(inSteps(remembered(problem), countingBudget(2))).toBeUndefined();
  const runs = [1, 2].map(() => {
    const budget = countingBudget(100);
    return [inSteps(remembered(problem), budget), budget.heard.ticks];
  });
  expect(runs).toEqual([
    [4, 4],
    [4, 4],
  ]);
  expect(made).toBe(2);
});

test.each([
  ["nothing", 0, 0],
  ["one part", STEP_TERMS, 0],
  ["one value more than two parts", 2 * STEP_TERMS + 1, 2],
])("looks at %s, each value once", (_remark, length, pauses) => {
  let seen = 0;
  const budget = countingBudget(100);
  const steps = everyPart(new Float64Array(length), (part, from) => {
    expect(from).toBe(seen);
    seen += part.length;
    return true;
  });
  expect(inSteps(steps, budget)).toBe(true);
  expect([seen, budget.heard.ticks]).toEqual([length, pauses]);
  expect(atOnce(everyPart(new Float64Array(length), () => false))).toBe(length === 0);
});

test.each([
  ["no rows", [0], 0],
  ["empty rows", [0, 0, 0], 0],
  ["rows that fit one step", [0, STEP_TERMS / 2, STEP_TERMS], 0],
  ["a row longer than a step alone", [0, 3 * STEP_TERMS], 0],
  ["rows that do not fit together", [0, STEP_TERMS, STEP_TERMS + 1, 3 * STEP_TERMS], 2],
])("goes through %s", (_remark, starts, pauses) => {
  const rows: number[][] = [];
  const budget = countingBudget(100);
  const take = (...row: readonly number[]) => void rows.push([...row]);
  inSteps(everyRow(Int32Array.from(starts), take), budget);
  expect(rows).toEqual(starts.slice(1).map((end, row) => [row, starts[row], end]));
  expect(budget.heard.ticks).toBe(pauses);
});
