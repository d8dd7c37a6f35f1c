/** How far a problem reaches, for whoever weighs work against time or lists all there is. */
import type { QuadraticProblem } from "./quadratic-problem.ts";

/** How many entries there are to look at: variables, and terms of the objective and of the rows. */
export function entryCount({
  variableCount,
  objective,
  constraints: rows,
}: QuadraticProblem): number {
  return variableCount + objective.columns.length + rows.columns.length + rows.pairFirsts.length;
}

/** The indices 0 to `length - 1`. */
export function allIndices(length: number): Int32Array {
  return Int32Array.from({ length }, (_, index) => index);
}
