/**
 * The terms of a problem's objective and rows as flat lists, for formats that write expressions.
 */
import type { QuadraticProblem } from "../model/quadratic-problem.ts";

/** A sum of terms: offset, variables with their biases, pairs with theirs. */
export interface TermLists {
  readonly offset: number;
  readonly variables: Int32Array;
  readonly biases: Float64Array;
  /** First and second variable of each pair, first <= second. */
  readonly firsts: Int32Array;
  readonly seconds: Int32Array;
  readonly pairBiases: Float64Array;
}

/** The objective. */
export function objectiveTerms({ variableCount, objective }: QuadraticProblem): TermLists {
  const { linear, starts } = objective;
  const variables = Int32Array.from(linear.keys()).filter((variable) => linear[variable] !== 0);
  const firsts = new Int32Array(objective.columns.length);
  for (let first = 0; first < variableCount; first += 1) {
    firsts.fill(first, starts[first], starts[first + 1]);
  }
  return {
    offset: objective.offset,
    variables,
    biases: Float64Array.from(variables, (variable) => linear[variable]),
    firsts,
    seconds: objective.columns,
    pairBiases: objective.biases,
  };
}

/** The left side of a row. */
export function rowTerms({ constraints: rows }: QuadraticProblem, row: number): TermLists {
  const [start, end] = [rows.starts[row], rows.starts[row + 1]];
  const [pairStart, pairEnd] = [rows.pairStarts[row], rows.pairStarts[row + 1]];
  return {
    offset: 0,
    variables: rows.columns.subarray(start, end),
    biases: rows.biases.subarray(start, end),
    firsts: rows.pairFirsts.subarray(pairStart, pairEnd),
    seconds: rows.pairSeconds.subarray(pairStart, pairEnd),
    pairBiases: rows.pairBiases.subarray(pairStart, pairEnd),
  };
}
