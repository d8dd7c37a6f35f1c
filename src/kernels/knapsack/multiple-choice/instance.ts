/**
 * The multiple-choice knapsack: exactly one option of every class, under one capacity. The ordinary
 * 0/1 knapsack is the case of two options each, one of which takes and gives nothing.
 */
import { assert } from "#foundation";

/** One problem, to maximise. The options of class c are offsets[c] to offsets[c + 1]. */
export interface MultipleChoiceKnapsack {
  readonly offsets: Int32Array;
  readonly profits: Float64Array;
  /** Non-negative. */
  readonly weights: Float64Array;
  readonly capacity: number;
}

/** Refuses arrays of the wrong length, empty classes and negative weights. */
export function assertMultipleChoice(problem: MultipleChoiceKnapsack): void {
  const { offsets, profits, weights } = problem;
  const options = offsets.at(-1) ?? 0;
  assert(profits.length === options, `profits: expected ${options}, got ${profits.length}`);
  assert(weights.length === options, `weights: expected ${options}, got ${weights.length}`);
  for (let at = 1; at < offsets.length; at += 1) {
    assert(offsets[at] > offsets[at - 1], `class ${at - 1}: expected an option, got none`);
  }
  for (const weight of weights) assert(weight >= 0, `weight: expected at least 0, got ${weight}`);
}
