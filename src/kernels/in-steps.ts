/**
 * Preparation in steps: what comes before a search looks at every term of a problem, mostly more
 * than once, and a stop is to be heard meanwhile. It is written as a generator that pauses after a
 * bounded number of terms; a small problem is prepared in one go.
 */
import type { WorkBudget } from "#foundation";

/** Terms looked at in a step: some milliseconds. */
export const STEP_TERMS = 200_000;

/** A preparation; every pause is a chance to stop it. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/**
 * Takes the steps with a tick at each pause; `undefined` once told to stop. The ticks report no
 * work: budgets of work are for searching.
 */
export function inSteps<Result>(steps: Steps<Result>, budget: WorkBudget): Result | undefined {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (budget.tick(0) === "stop") return undefined;
  }
}

/** Takes the steps without a pause. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The same preparation, made once per problem. What is remembered pauses as often as when it was
 * made, so that a run has its ticks by the same numbers whatever went before.
 */
export function rememberedInSteps<Problem extends object, Answer>(
  prepare: (problem: Problem) => Steps<Answer>,
): (problem: Problem) => Steps<Answer> {
  const known = new WeakMap<Problem, { readonly answer: Answer; readonly pauses: number }>();
  return function* (problem) {
    const before = known.get(problem);
    if (before !== undefined) {
      for (let pause = 0; pause < before.pauses; pause += 1) yield;
      return before.answer;
    }
    const steps = prepare(problem);
    for (let pauses = 0; ; pauses += 1) {
      const step = steps.next();
      if (step.done === true) {
        known.set(problem, { answer: step.value, pauses });
        return step.value;
      }
      yield;
    }
  };
}

/** Whether `holds` says so of each part of `values`, given where in it the part begins. */
export function* everyPart(
  values: Float64Array,
  holds: (part: Float64Array, from: number) => boolean,
): Steps<boolean> {
  for (let from = 0; from < values.length; from += STEP_TERMS) {
    if (from > 0) yield;
    if (!holds(values.subarray(from, from + STEP_TERMS), from)) return false;
  }
  return true;
}

/** Every row of a table in compressed rows: where its entries begin and where they end. */
export function* everyRow(
  starts: Int32Array,
  take: (row: number, from: number, end: number) => void,
): Steps<void> {
  let pausedAt = 0;
  for (let row = 0; row + 1 < starts.length; row += 1) {
    if (starts[row + 1] - pausedAt > STEP_TERMS && starts[row] > pausedAt) {
      pausedAt = starts[row];
      yield;
    }
    take(row, starts[row], starts[row + 1]);
  }
}
