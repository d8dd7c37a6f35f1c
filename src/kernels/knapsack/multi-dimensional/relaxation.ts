/** The linear relaxation of a node: built for the root, re-solved by the dual simplex method. */
import type { MultiKnapsack } from "./instance.ts";
import {
  cheapestEntering,
  complementColumn,
  complementRow,
  newTableau,
  pivot,
  type Tableau,
  TINY,
} from "./tableau.ts";

/** How solving a relaxation ended. */
export type RelaxationEnd = "optimal" | "infeasible" | "cut-off";

/** Tolerance on the values of basic variables. */
const FEASIBLE = 1e-7;

/**
 * The dictionary of `problem` with every item at the bound its profit prefers: dual feasible from
 * the start.
 */
export function rootTableau(problem: MultiKnapsack): Tableau {
  const { items, rows, profits, weights, capacities } = problem;
  const tableau = newTableau(rows, items);
  const width = items + 1;
  for (let row = 0; row < rows; row += 1) {
    tableau.entries.set(weights.subarray(row * items, (row + 1) * items), row * width);
    tableau.entries[row * width + items] = capacities[row];
    tableau.basic[row] = items + row;
  }
  for (let item = 0; item < items; item += 1) {
    tableau.nonbasic[item] = item;
    tableau.entries[rows * width + item] = -profits[item];
  }
  for (let item = 0; item < items; item += 1) {
    if (profits[item] > 0) complementColumn(tableau, item);
  }
  return tableau;
}

/**
 * Restores feasibility by dual simplex steps. The objective only falls on the way, so it may stop
 * as soon as it is at most `floor`. `work` counts entries touched.
 */
export function resolve(
  tableau: Tableau,
  items: number,
  floor: number,
  work: { done: number },
): RelaxationEnd {
  const { rows, columns, entries, basic } = tableau;
  const width = columns + 1;
  for (;;) {
    if (entries[rows * width + columns] <= floor) return "cut-off";
    let worst = -1;
    let violationMax = FEASIBLE;
    for (let row = 0; row < rows; row += 1) {
      const value = entries[row * width + columns];
      const violation = basic[row] < items ? Math.max(-value, value - 1) : -value;
      if (violation <= violationMax) continue;
      violationMax = violation;
      worst = row;
    }
    if (worst < 0) return "optimal";
    if (entries[worst * width + columns] > 0) complementRow(tableau, worst);
    const entering = cheapestEntering(tableau, worst);
    if (entering < 0) return "infeasible";
    pivot(tableau, worst, entering);
    work.done += (rows + 1) * width;
  }
}

/** Where a fractional item can be driven, at what least cost, and through which column. */
export interface Drive {
  cost: number;
  column: number;
}

/**
 * The first dual step that drives the basic item of `row` to 0 and to 1: its cost is the least the
 * objective falls on that side (the penalties of Driebeek, Management Science 12 (1966)).
 */
export function drivesOf(tableau: Tableau, row: number, toZero: Drive, toOne: Drive): void {
  const { rows, columns, entries } = tableau;
  const start = row * (columns + 1);
  const costs = rows * (columns + 1);
  let down = Number.POSITIVE_INFINITY;
  let up = Number.POSITIVE_INFINITY;
  toZero.column = -1;
  toOne.column = -1;
  for (let column = 0; column < columns; column += 1) {
    const slope = entries[start + column];
    if (slope > TINY) {
      const ratio = entries[costs + column] / slope;
      if (ratio >= down) continue;
      down = ratio;
      toZero.column = column;
    } else if (slope < -TINY) {
      const ratio = entries[costs + column] / -slope;
      if (ratio >= up) continue;
      up = ratio;
      toOne.column = column;
    }
  }
  const value = entries[start + columns];
  toZero.cost = down * value;
  toOne.cost = up * (1 - value);
}

/**
 * Copies `from` into `into` with the basic item of `row` fixed at `target` (0 or 1) by solving its
 * row for the variable of `column`. Only the columns in `kept` are copied; `column` is not one.
 */
export function substitute(
  from: Tableau,
  row: number,
  column: number,
  target: number,
  into: Tableau,
  kept: Int32Array,
): void {
  const { rows, columns, entries } = from;
  const count = kept.length;
  const start = row * (columns + 1);
  const inverse = 1 / entries[start + column];
  into.rows = rows;
  into.columns = count;
  for (let at = 0; at < count; at += 1) into.nonbasic[at] = from.nonbasic[kept[at]];
  into.basic.set(from.basic);
  into.basic[row] = from.nonbasic[column];
  into.flipped.set(from.flipped);
  for (let other = 0; other <= rows; other += 1) {
    const offset = other * (columns + 1);
    const to = other * (count + 1);
    if (other === row) {
      for (let at = 0; at < count; at += 1)
        into.entries[to + at] = inverse * entries[start + kept[at]];
      into.entries[to + count] = inverse * (entries[start + columns] - target);
      continue;
    }
    const factor = entries[offset + column] * inverse;
    for (let at = 0; at < count; at += 1) {
      into.entries[to + at] = entries[offset + kept[at]] - factor * entries[start + kept[at]];
    }
    into.entries[to + count] =
      entries[offset + columns] - factor * (entries[start + columns] - target);
  }
}
