/**
 * The terms of a problem's objective and rows as lists, for the formats that write expressions.
 */
import { interactionsOf, type QuadraticProblem } from "../model/quadratic-problem.ts";

/** A sum of terms. */
export interface TermLists {
  readonly offset: number;
  readonly linear: readonly (readonly [variable: number, bias: number])[];
  /** Pairs first <= second. */
  readonly quadratic: readonly (readonly [first: number, second: number, bias: number])[];
}

/** The objective. */
export function objectiveTerms(problem: QuadraticProblem): TermLists {
  const { offset, linear } = problem.objective;
  const terms = Array.from(linear, (bias, variable) => [variable, bias] as const);
  return {
    offset,
    linear: terms.filter(([, bias]) => bias !== 0),
    quadratic: [...interactionsOf(problem)],
  };
}

/** The left side of a row. */
export function rowTerms({ constraints: rows }: QuadraticProblem, row: number): TermLists {
  const linear: (readonly [number, number])[] = [];
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    linear.push([rows.columns[entry], rows.biases[entry]]);
  }
  const quadratic: (readonly [number, number, number])[] = [];
  for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
    quadratic.push([rows.pairFirsts[entry], rows.pairSeconds[entry], rows.pairBiases[entry]]);
  }
  return { offset: 0, linear, quadratic };
}
