/**
 * What presolve leaves behind: a smaller problem, the way back from its samples, and every step
 * with its reason. Steps speak of the original's variables and rows by their indices, so that a
 * million of them stay cheap; {@link describeStep} turns one into words.
 */
import { labelOf, type QuadraticProblem } from "../model/quadratic-problem.ts";
import type { Sample } from "../problem.ts";

/** Why something changed. */
const REDUCTIONS = Object.freeze({
  "loose-variables": "in no row and no product, so that its own bias alone decides",
  "bound-propagation": "its rows leave no other value",
  "forcing-row": "the row holds only if each of its variables is at its bound",
  "redundant-row": "no value of its variables can break it",
  "duplicate-row": "a parallel row says as much or more",
  "tightened-coefficient": "the row is slack without this variable, so a smaller bias says it too",
  "whole-numbers": "times a power of ten, all its numbers are integers and its sums exact",
  "divided-row": "its biases have a common divisor",
  "found-group": "the row bounds how many of its variables are 1, whatever the biases",
  "first-order": "moving it there improves the objective whatever the others do, and harms no row",
  "dominated-column": "another variable of the row is worth as much and strains no row more",
  "duplicate-column": "another costs the same in all the same rows, so that their sum alone counts",
  "exclusive-pair": "a row lets at most one of the two be 1, so their product is 0",
  persistency: "every optimum has this value, by roof duality",
} as const);

/** The reductions there are. */
export type ReductionRule = keyof typeof REDUCTIONS;

/** One reduction, in the original's indices. */
export interface ReductionStep {
  readonly rule: ReductionRule;
  readonly variable: number | undefined;
  readonly row: number | undefined;
  /** What became of it: a bound, a fixed value, a bias; `set`: it and others, at once. */
  readonly change: "lower" | "upper" | "removed" | "rewritten" | "set";
  /** The new bound or bias; how many were set; without meaning for what was removed. */
  readonly value: number;
}

/** A problem made smaller; objectives are equal, and some optimum survives. */
export interface Reduced {
  readonly kind: "reduced";
  readonly problem: QuadraticProblem;
  /** Original index of each variable that is left. */
  readonly kept: Int32Array;
  readonly steps: readonly ReductionStep[];
  /** A sample of the original from one of the reduced problem; feasible if that is. */
  lift(sample: Sample): Sample;
  /** What a sample of the original says of the variables that are left; it need not fit them. */
  project(sample: Sample): Sample;
  /** A sample of the original brought down; absent where it has other values than were fixed. */
  restrict(sample: Sample): Sample | undefined;
}

/** Rows that cannot hold together. */
export interface Refuted {
  readonly kind: "infeasible";
  /** Labels of hard rows, in order; empty when the bounds of a variable clash by themselves. */
  readonly conflict: readonly string[];
  readonly steps: readonly ReductionStep[];
}

/** The outcome of presolve. */
export type Reduction = Reduced | Refuted;

/** One step in words. */
export function describeStep(problem: QuadraticProblem, step: ReductionStep): string {
  const { rule, change, variable, row, value } = step;
  const name = variable === undefined ? "" : labelOf(problem, variable);
  const where = row === undefined ? "" : `row ${problem.constraints.labels[row]}`;
  const what = {
    set: value === 1 ? `${name} set` : `${name} and ${value - 1} more set`,
    lower: `${name} >= ${value}`,
    upper: `${name} <= ${value}`,
    removed: `${[where, name].filter((part) => part !== "").join(": ")} removed`,
    rewritten: `${where}${name === "" ? "" : `: ${name}`} rewritten`,
  }[change];
  const source = row !== undefined && change !== "removed" && change !== "rewritten" ? where : "";
  return `${what}${source === "" ? "" : ` (${source})`}: ${REDUCTIONS[rule]}`;
}
