/**
 * Everything that can be asked to be solved, and what answers look like before anyone has judged
 * them. A closed union: new kinds are added here, and the compiler then names every place that has
 * to know of them.
 */
import { unreachable } from "#foundation";
import { type ObjectiveSense, type QuadraticProblem, VARTYPE } from "./model/quadratic-problem.ts";
import type { OrderedSelection } from "./ordered-selection.ts";

/** Everything a solver can be asked to solve. */
export type Problem = OrderedSelection | QuadraticProblem;

/** The tag of a problem. */
export type ProblemKind = Problem["kind"];

/** The problems of one kind. */
export type ProblemOf<Kind extends ProblemKind> = Extract<Problem, { readonly kind: Kind }>;

/**
 * A solution in integers; their meaning is the problem kind's (ordered selection: item index per
 * position; quadratic: value per variable).
 */
export interface Sample {
  readonly values: Int32Array;
}

/** What two samples are compared by. */
export interface Standing {
  /** How many values the sample has. */
  readonly length: number;
  readonly objective: number;
}

/** Whether the problem is of that kind. */
export function isOfKind<Kind extends ProblemKind>(
  problem: Problem,
  kind: Kind,
): problem is ProblemOf<Kind> {
  return problem.kind === kind;
}

/**
 * Whether a feasible sample beats another: longer first, then the better objective. Samples of a
 * quadratic problem are all equally long.
 */
export function beats(sense: ObjectiveSense, a: Standing, b: Standing): boolean {
  return a.length !== b.length
    ? a.length > b.length
    : isBetterObjective(sense, a.objective, b.objective);
}

/** Whether objective `a` is better than `b`. */
export function isBetterObjective(sense: ObjectiveSense, a: number, b: number): boolean {
  return sense === "maximise" ? a > b : a < b;
}

/** The better of two objectives, of which one may be missing; the first where they are equal. */
export function betterOf(
  sense: ObjectiveSense,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isBetterObjective(sense, b, a) ? b : a;
}

/** How many values a sample of the problem has at most. */
export function sampleLengthMax(problem: Problem): number {
  switch (problem.kind) {
    case "ordered-selection":
      return problem.positionCount;
    case "quadratic":
      return problem.variableCount;
    default:
      return unreachable(problem);
  }
}

/**
 * Why `values` is no sample of the problem, in words; `undefined` when it is one, feasible or not.
 */
export function sampleFlaw(problem: Problem, values: Int32Array): string | undefined {
  switch (problem.kind) {
    case "ordered-selection":
      return orderFlaw(problem, values);
    case "quadratic":
      return valuesFlaw(problem, values);
    default:
      return unreachable(problem);
  }
}

function orderFlaw(problem: OrderedSelection, order: Int32Array): string | undefined {
  if (order.length > problem.positionCount) return `${order.length} positions`;
  if (new Set(order).size !== order.length) return "an item twice";
  const stranger = order.find((item) => item < 0 || item >= problem.itemCount);
  return stranger === undefined ? undefined : `no item ${stranger}`;
}

function valuesFlaw(problem: QuadraticProblem, values: Int32Array): string | undefined {
  const { variableCount, vartypes, lowerBounds, upperBounds } = problem;
  if (values.length !== variableCount) return `${values.length} values`;
  for (let variable = 0; variable < variableCount; variable += 1) {
    const value = values[variable];
    const isInside = value >= lowerBounds[variable] && value <= upperBounds[variable];
    const isSpinZero = value === 0 && vartypes[variable] === VARTYPE.spin;
    if (!isInside || isSpinZero) return `variable ${variable} cannot be ${value}`;
  }
  return undefined;
}
