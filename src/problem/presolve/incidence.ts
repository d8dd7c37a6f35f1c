/**
 * Which entries a variable stands in: rows by variable, and the objective's interactions in both
 * directions. Made by counting, in time linear in the entries.
 */
import type { Objective } from "../model/quadratic-problem.ts";

/** Of index i: positions `starts[i]` up to but excluding `starts[i + 1]`. */
export interface Incidence {
  readonly starts: Int32Array;
  /** The row, or the other variable. */
  readonly others: Int32Array;
  /** Where the bias stands in the array it came from. */
  readonly entries: Int32Array;
}

/** The transpose of sparse rows: for each column, its rows in ascending order. */
export function incidenceOf(
  rowStarts: Int32Array,
  columns: Int32Array,
  columnCount: number,
): Incidence {
  const used = rowStarts[rowStarts.length - 1];
  const starts = new Int32Array(columnCount + 1);
  for (let entry = 0; entry < used; entry += 1) starts[columns[entry] + 1] += 1;
  for (let column = 0; column < columnCount; column += 1) starts[column + 1] += starts[column];
  const next = starts.slice();
  const others = new Int32Array(used);
  const entries = new Int32Array(used);
  for (let row = 0; row + 1 < rowStarts.length; row += 1) {
    for (let entry = rowStarts[row]; entry < rowStarts[row + 1]; entry += 1) {
      const place = next[columns[entry]]++;
      others[place] = row;
      entries[place] = entry;
    }
  }
  return { starts, others, entries };
}

/** Each interaction from both its ends; a square counts from its variable twice. */
export function symmetricInteractions(
  { starts: firsts, columns }: Objective,
  variableCount: number,
): Incidence {
  const starts = new Int32Array(variableCount + 1);
  for (let first = 0; first < variableCount; first += 1) {
    starts[first + 1] += firsts[first + 1] - firsts[first];
    for (let entry = firsts[first]; entry < firsts[first + 1]; entry += 1) {
      starts[columns[entry] + 1] += 1;
    }
  }
  for (let index = 0; index < variableCount; index += 1) starts[index + 1] += starts[index];
  const next = starts.slice();
  const others = new Int32Array(starts[variableCount]);
  const entries = new Int32Array(starts[variableCount]);
  const put = (from: number, to: number, entry: number) => {
    const place = next[from]++;
    others[place] = to;
    entries[place] = entry;
  };
  for (let first = 0; first < variableCount; first += 1) {
    for (let entry = firsts[first]; entry < firsts[first + 1]; entry += 1) {
      put(first, columns[entry], entry);
      put(columns[entry], first, entry);
    }
  }
  return { starts, others, entries };
}
