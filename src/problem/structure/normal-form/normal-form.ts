/**
 * A problem with everything taken out that is only a manner of writing: which way a row is turned,
 * what it is scaled by, in how many rows it is said, where a variable's range begins, whether the
 * objective is made small or great. What a problem is can be read off its normal form by looking.
 */
import type { QuadraticProblem } from "../../model/quadratic-problem.ts";
import type { Sample } from "../../problem.ts";

/**
 * The rows that are left: low <= sum of bias * y <= high, one of the two possibly infinite. Where
 * `isWhole`, the biases are integers without a common divisor and the bounds are integers; the
 * first bias is above 0; no two rows have the same biases.
 */
export interface NormalRows {
  readonly count: number;
  /** The problem's row each comes from; of several that say the same, the first. */
  readonly rowOf: Int32Array;
  /** Entries of row r: `starts[r]` up to but excluding `starts[r + 1]`. No bias is 0. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly biases: Float64Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  readonly isWhole: Uint8Array;
}

/** The first two rows of every column, which is all most structures have. */
export interface ColumnEnds {
  /** In how many rows the column is. */
  readonly counts: Int32Array;
  /** -1 for none. */
  readonly firstRows: Int32Array;
  readonly secondRows: Int32Array;
  readonly firstBiases: Float64Array;
  readonly secondBiases: Float64Array;
}

/** Products of two columns, or of an integer one with itself; to be minimised. */
export interface ColumnPairs {
  readonly count: number;
  readonly firsts: Int32Array;
  readonly seconds: Int32Array;
  readonly biases: Float64Array;
}

/**
 * Minimise constant + sum of cost * y + sum of bias * y * y', under the rows, for whole y from 0 to
 * `reaches`. Column c stands for variable `variableOf[c]`, which is base + turn * y. Variables that
 * are decided by bounds, by a row alone, or because nothing holds them have no column.
 */
export interface NormalForm {
  readonly kind: "normal";
  readonly problem: QuadraticProblem;
  readonly columnCount: number;
  readonly variableOf: Int32Array;
  /** Value of each variable without a column; of the others, where y is 0. */
  readonly bases: Float64Array;
  /** 1 or -1 for each column. */
  readonly turns: Int8Array;
  /** How far each column goes: 1 for binary variables, possibly infinite for integers. */
  readonly reaches: Float64Array;
  readonly costs: Float64Array;
  readonly constant: number;
  readonly pairs: ColumnPairs;
  readonly rows: NormalRows;
  readonly ends: ColumnEnds;
}

/** Why a problem has no normal form. */
export interface NoNormalForm {
  readonly kind: "none";
  readonly reason: string;
}

/** Whether every column is 0 or 1. */
export function isBinary({ reaches }: NormalForm): boolean {
  return reaches.every((reach) => reach === 1);
}

/** The sample in which the columns have the values `chosen`. */
export function sampleOfColumns(form: NormalForm, chosen: ArrayLike<number>): Sample {
  const values = new Int32Array(form.bases);
  for (let column = 0; column < form.columnCount; column += 1) {
    values[form.variableOf[column]] += form.turns[column] * chosen[column];
  }
  return { values };
}

/** The values of the columns in a sample that leaves the decided variables as they are. */
export function columnsOfSample(form: NormalForm, { values }: Sample): Int32Array | undefined {
  const chosen = new Int32Array(form.columnCount);
  const isSeen = new Uint8Array(values.length);
  for (let column = 0; column < form.columnCount; column += 1) {
    const variable = form.variableOf[column];
    isSeen[variable] = 1;
    chosen[column] = form.turns[column] * (values[variable] - form.bases[variable]);
  }
  const agrees = values.every((value, at) => isSeen[at] === 1 || value === form.bases[at]);
  return agrees ? chosen : undefined;
}
