/** The problem whose variables can all be decided apart. */
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import type { NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { remembered } from "./remembered.ts";

/** Every variable has a best value of its own. */
export interface Separable {
  readonly kind: "separable";
  readonly form: NormalForm;
  /** That value, for each column of the normal form. */
  readonly chosen: Float64Array;
  readonly evidence: readonly string[];
}

/** The best value of every variable, if no row and no product ties two together. */
export const recogniseSeparable = remembered(findSeparable);

function findSeparable(problem: QuadraticProblem): Separable | undefined {
  const form = normalForm(problem);
  if (form.kind === "none" || form.rows.count > 0) return undefined;
  const squares = new Float64Array(form.columnCount);
  for (let pair = 0; pair < form.pairs.count; pair += 1) {
    if (form.pairs.firsts[pair] !== form.pairs.seconds[pair]) return undefined;
    squares[form.pairs.firsts[pair]] += form.pairs.biases[pair];
  }
  const chosen = squares.map((square, column) =>
    leastOf(square, form.costs[column], form.reaches[column]),
  );
  if (!chosen.every(Number.isFinite)) return undefined;
  const evidence = ["no row and no product ties two variables together"];
  return { kind: "separable", form, chosen, evidence };
}

/** The whole number from 0 to `reach` at which square * y * y + cost * y is least. */
function leastOf(square: number, cost: number, reach: number): number {
  const vertex = square > 0 ? -cost / (2 * square) : 0;
  const candidates = [0, Math.floor(vertex), Math.ceil(vertex), reach];
  const inside = candidates.filter((one) => one >= 0 && one <= reach);
  const valueAt = (one: number) => one * (square * one + cost);
  return inside.reduce((best, one) => (valueAt(one) < valueAt(best) ? one : best), 0);
}
