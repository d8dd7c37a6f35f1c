/**
 * Samples are 32-bit; problems need not be. Says whether every value that the rows leave fits, and
 * cuts a problem with others down to those that do: its samples are the original's, its bounds and
 * proofs are not.
 */

import { labelOf, type QuadraticProblem } from "../model/quadratic-problem.ts";
import { sharedCopy } from "../model/shared-arrays.ts";
import { isDrivenBeyond } from "./columns.ts";
import { Draft } from "./draft.ts";
import { propagate } from "./propagate.ts";

/** The greatest value of a sample, and the opposite of its least. */
export const VALUE_MAX = 2 ** 31 - 1;

/** Entries looked at, for each entry there is, and at least. */
const WORK_PER_ENTRY = 10;
const WORK_MIN = 100_000;

/** How a problem's values compare with those of samples. */
export type ValueRange =
  /** They fit, or the rows clash anyway. */
  | { readonly kind: "whole" }
  /** Some do not; `problem` is without those. */
  | {
      readonly kind: "cut";
      readonly problem: QuadraticProblem;
      /** Labels of the variables that reach further: the first, and how many there are. */
      readonly first: string;
      readonly count: number;
      /** A variable that improves the objective without end, if one was seen. */
      readonly unbounded: string | undefined;
    }
  /** A variable has no value that fits; `bound` is its nearest. */
  | { readonly kind: "beyond"; readonly variable: string; readonly bound: number };

/** Compares the bounds, and what the rows make of them, with 32 bits. */
export function valueRange(problem: QuadraticProblem): ValueRange {
  const { lowerBounds, upperBounds, variableCount, constraints: rows } = problem;
  if (!lowerBounds.some(isBelow) && !upperBounds.some(isAbove)) return { kind: "whole" };
  const origin = { variables: indices(variableCount), rows: indices(rows.count) };
  const entries = variableCount + rows.columns.length + rows.pairFirsts.length;
  const draft = new Draft(problem, origin, Math.max(WORK_MIN, WORK_PER_ENTRY * entries));
  propagate(draft);
  if (draft.conflict !== undefined) return { kind: "whole" };
  const reaching: number[] = [];
  for (let variable = 0; variable < variableCount; variable += 1) {
    const [lower, upper] = [draft.lower[variable], draft.upper[variable]];
    const name = () => labelOf(problem, variable);
    if (isAbove(lower)) return { kind: "beyond", variable: name(), bound: lower };
    if (isBelow(upper)) return { kind: "beyond", variable: name(), bound: upper };
    if (isBelow(lower) || isAbove(upper)) reaching.push(variable);
  }
  if (reaching.length === 0) return { kind: "whole" };
  const unbounded = reaching.find((variable) => isDrivenBeyond(draft, variable));
  return {
    kind: "cut",
    problem: Object.freeze({
      ...problem,
      lowerBounds: sharedCopy(lowerBounds.map((bound) => Math.max(bound, -VALUE_MAX))),
      upperBounds: sharedCopy(upperBounds.map((bound) => Math.min(bound, VALUE_MAX))),
    }),
    first: labelOf(problem, reaching[0]),
    count: reaching.length,
    unbounded: unbounded === undefined ? undefined : labelOf(problem, unbounded),
  };
}

function isBelow(bound: number): boolean {
  return bound < -VALUE_MAX;
}

function isAbove(bound: number): boolean {
  return bound > VALUE_MAX;
}

function indices(length: number): Int32Array {
  return Int32Array.from({ length }, (_, index) => index);
}
