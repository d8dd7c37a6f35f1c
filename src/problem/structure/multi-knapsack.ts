/** The knapsack with several capacities: no weight below 0, a linear objective, nothing else. */
import type { MultiKnapsack as Instance } from "#kernels";
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import { withRoundingRoom } from "./capacity-row.ts";
import { isBinary, type NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { unitOf } from "./normal-form/row-scale.ts";
import { remembered } from "./remembered.ts";
import { isOneSided, rowRoles } from "./row-roles.ts";

/** More capacities are a problem of another kind, and its weights would be mostly 0. */
const ROWS_MAX = 256;
const ENTRIES_MAX = 2 ** 22;

/** One such knapsack. */
export interface MultiKnapsack {
  readonly kind: "multi-knapsack";
  readonly form: NormalForm;
  /** Its profits are in units of `profitUnit`. */
  readonly instance: Instance;
  /** The greatest common divisor of whole costs; 1 where they are not whole. */
  readonly profitUnit: number;
  /** Columns that are turned round: an item packed means 0. */
  readonly isTurned: Uint8Array;
  readonly evidence: readonly string[];
}

/** The knapsack with several capacities a problem is, if it is one. */
export const recogniseMultiKnapsack = remembered(findMultiKnapsack);

function findMultiKnapsack(problem: QuadraticProblem): MultiKnapsack | undefined {
  const form = normalForm(problem);
  if (form.kind === "none" || form.pairs.count > 0 || !isBinary(form)) return undefined;
  const { rows, columnCount } = form;
  if (rows.count < 2 || rows.count > ROWS_MAX || rows.count * columnCount > ENTRIES_MAX) {
    return undefined;
  }
  // Rows of one at most, or one at least, pack or cover sets: nothing in them has a weight.
  const isOfSets = rowRoles(form).every((role) => role.endsWith("-one"));
  if (isOfSets) return undefined;
  const isTurned = turnedColumns(form);
  if (isTurned === undefined) return undefined;
  const evidence = [
    `${rows.count} rows each bound a weighted sum of ${columnCount} variables from one side`,
    "no variable takes room in one of them and makes room in another; the objective is linear",
  ];
  const { costs } = form;
  const isWhole = costs.every(Number.isSafeInteger);
  const profitUnit = (isWhole && unitOf(costs, 0, costs.length)) || 1;
  const instance = pack(form, isTurned, profitUnit);
  return { kind: "multi-knapsack", form, instance, profitUnit, isTurned, evidence };
}

/** Which columns take room by being 0; `undefined` where one does both, or a row has two sides. */
function turnedColumns(form: NormalForm): Uint8Array | undefined {
  const { rows } = form;
  const takes = new Uint8Array(form.columnCount);
  const makes = new Uint8Array(form.columnCount);
  for (let row = 0; row < rows.count; row += 1) {
    if (!isOneSided(form, row)) return undefined;
    const isAtMost = rows.highs[row] < Number.POSITIVE_INFINITY;
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      const side = rows.biases[entry] > 0 === isAtMost ? takes : makes;
      side[rows.columns[entry]] = 1;
    }
  }
  return makes.some((does, column) => does === 1 && takes[column] === 1) ? undefined : makes;
}

function pack(form: NormalForm, isTurned: Uint8Array, profitUnit: number): Instance {
  const { rows, columnCount, costs } = form;
  const weights = new Float64Array(rows.count * columnCount);
  const capacities = new Float64Array(rows.count);
  for (let row = 0; row < rows.count; row += 1) {
    const sign = rows.highs[row] < Number.POSITIVE_INFINITY ? 1 : -1;
    let capacity = sign > 0 ? rows.highs[row] : -rows.lows[row];
    let magnitude = Math.abs(capacity);
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      const column = rows.columns[entry];
      const weight = sign * rows.biases[entry];
      weights[row * columnCount + column] = Math.abs(weight);
      if (isTurned[column] === 0) continue;
      capacity -= weight;
      magnitude -= weight;
    }
    capacities[row] = withRoundingRoom(form, row, capacity, magnitude);
  }
  const profits = costs.map((cost, column) => (isTurned[column] === 1 ? cost : -cost) / profitUnit);
  return { items: columnCount, rows: rows.count, profits, weights, capacities };
}
