/** The knapsack: one capacity, a linear objective, and nothing else. */
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import { type CapacityRow, capacityRow } from "./capacity-row.ts";
import type { NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { remembered } from "./remembered.ts";

/** Copies of a column that may be taken several times. */
const COPIES_MAX = 2 ** 20;
/** Sums up to here are exact. */
const EXACT_MAX = 2 ** 50;

/** One knapsack, to maximise. An item is some number of units of one column. */
export interface Knapsack {
  readonly kind: "knapsack";
  readonly form: NormalForm;
  readonly profits: Float64Array;
  readonly weights: Float64Array;
  readonly capacity: number;
  /**
   * 0 where the capacity is a limit. Where it has to be filled exactly, what each unit of weight
   * adds to a profit: so much that a fuller knapsack is always the better one.
   */
  readonly profitPerWeight: number;
  readonly columnOf: Int32Array;
  readonly units: Int32Array;
  /** Columns that are turned round: an item packed means units less. */
  readonly isTurned: Uint8Array;
  readonly evidence: readonly string[];
}

/** The knapsack a problem is, if it is one. */
export const recogniseKnapsack = remembered(findKnapsack);

function findKnapsack(problem: QuadraticProblem): Knapsack | undefined {
  const form = normalForm(problem);
  if (form.kind === "none" || form.rows.count !== 1 || form.pairs.count > 0) return undefined;
  if (form.reaches.some((reach) => reach > COPIES_MAX)) return undefined;
  const row = capacityRow(form, 0);
  if (row === undefined) return undefined;
  const profitPerWeight = row.isExact ? fillingProfit(form, row) : 0;
  if (profitPerWeight === undefined) return undefined;
  const items = itemsOf(form, row, profitPerWeight);
  const evidence = [
    `one row ${row.isExact ? "fixes" : "bounds"} a weighted sum of ${form.columnCount} variables`,
    "the objective is linear, and there is no other row",
  ];
  const { capacity, isTurned } = row;
  return { kind: "knapsack", form, ...items, capacity, profitPerWeight, isTurned, evidence };
}

/** More than all profits together per unit of weight, if such sums are exact. */
function fillingProfit(form: NormalForm, { capacity }: CapacityRow): number | undefined {
  const { costs, reaches, rows } = form;
  if (rows.isWhole[0] === 0 || !costs.every(Number.isInteger)) return undefined;
  const total = costs.reduce((sum, cost, at) => sum + Math.abs(cost) * reaches[at], 1);
  return total * (capacity + 1) <= EXACT_MAX ? total : undefined;
}

/** Every column in powers of two, so that each number of units is a set of items. */
function itemsOf(form: NormalForm, { weights, isTurned }: CapacityRow, profitPerWeight: number) {
  const columnOf: number[] = [];
  const units: number[] = [];
  for (let column = 0; column < form.columnCount; column += 1) {
    let left = form.reaches[column];
    for (let size = 1; left > 0; size *= 2) {
      columnOf.push(column);
      units.push(Math.min(size, left));
      left -= Math.min(size, left);
    }
  }
  const gain = (column: number) =>
    isTurned[column] === 1 ? form.costs[column] : -form.costs[column];
  return {
    profits: Float64Array.from(columnOf, (column, item) => {
      return units[item] * (gain(column) + profitPerWeight * weights[column]);
    }),
    weights: Float64Array.from(columnOf, (column, item) => units[item] * weights[column]),
    columnOf: Int32Array.from(columnOf),
    units: Int32Array.from(units),
  };
}
