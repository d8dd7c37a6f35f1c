/**
 * A linear programme of a node as a dense dictionary: basic variables written in nonbasic ones, all
 * of which stand at 0. A variable at its upper bound 1 is replaced by its complement, so there is
 * one case instead of two (the bounded dual simplex method, Chvatal, "Linear Programming", ch. 10).
 *
 * Row i reads  basic_i = entry(i, last) - sum_j entry(i, j) * nonbasic_j;  the last row is the
 * objective, entry(last, last) its value and entry(last, j) >= 0 what raising nonbasic_j costs.
 */

/** Below this a number counts as 0. */
export const TINY = 1e-9;

/** One dictionary. Variables below `items` are items, the others slacks of rows. */
export interface Tableau {
  rows: number;
  columns: number;
  readonly entries: Float64Array;
  /** Variable of each row and column. */
  readonly basic: Int32Array;
  readonly nonbasic: Int32Array;
  /** For each item, 1 while its complement stands in the dictionary. */
  readonly flipped: Uint8Array;
}

/** An empty dictionary with room for `rows` and `columns`. */
export function newTableau(rows: number, columns: number): Tableau {
  return {
    rows,
    columns,
    entries: new Float64Array((rows + 1) * (columns + 1)),
    basic: new Int32Array(rows),
    nonbasic: new Int32Array(columns),
    flipped: new Uint8Array(columns),
  };
}

/** Exchanges the basic variable of `row` with the nonbasic one of `column`. */
export function pivot(tableau: Tableau, row: number, column: number): void {
  const { rows, columns, entries, basic, nonbasic } = tableau;
  const width = columns + 1;
  const start = row * width;
  const inverse = 1 / entries[start + column];
  for (let at = start; at < start + width; at += 1) entries[at] *= inverse;
  entries[start + column] = inverse;
  for (let other = 0; other <= rows; other += 1) {
    if (other === row) continue;
    const offset = other * width;
    const factor = entries[offset + column];
    if (factor === 0) continue;
    for (let at = 0; at < width; at += 1) entries[offset + at] -= factor * entries[start + at];
    entries[offset + column] = -factor * inverse;
  }
  const entering = nonbasic[column];
  nonbasic[column] = basic[row];
  basic[row] = entering;
}

/** Replaces the basic item of `row` by its complement. */
export function complementRow(tableau: Tableau, row: number): void {
  const { columns, entries, basic, flipped } = tableau;
  const start = row * (columns + 1);
  for (let at = start; at < start + columns; at += 1) entries[at] = -entries[at];
  entries[start + columns] = 1 - entries[start + columns];
  flipped[basic[row]] ^= 1;
}

/** Replaces the nonbasic item of `column` by its complement. */
export function complementColumn(tableau: Tableau, column: number): void {
  const { rows, columns, entries, nonbasic, flipped } = tableau;
  for (let row = 0; row <= rows; row += 1) {
    const offset = row * (columns + 1);
    entries[offset + columns] -= entries[offset + column];
    entries[offset + column] = -entries[offset + column];
  }
  flipped[nonbasic[column]] ^= 1;
}

/** The column that enters at least cost when the basic variable of `row` has to rise, or -1. */
export function cheapestEntering(tableau: Tableau, row: number): number {
  const { rows, columns, entries } = tableau;
  const start = row * (columns + 1);
  const costs = rows * (columns + 1);
  let best = -1;
  let ratioMin = Number.POSITIVE_INFINITY;
  let steepest = 0;
  for (let column = 0; column < columns; column += 1) {
    const slope = -entries[start + column];
    if (slope <= TINY) continue;
    const ratio = entries[costs + column] / slope;
    // Among equals the steepest slope is the most accurate pivot.
    if (ratio > ratioMin || (ratio === ratioMin && slope <= steepest)) continue;
    ratioMin = ratio;
    steepest = slope;
    best = column;
  }
  return best;
}
