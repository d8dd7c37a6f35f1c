/**
 * The quadratic knapsack, and the selection of k out of n, which is the same with equal weights:
 * one capacity, and an objective with a bias for pairs.
 */
import type { QuadraticKnapsack as Instance } from "#kernels";
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import { type CapacityRow, capacityRow } from "./capacity-row.ts";
import { isBinary, type NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { remembered } from "./remembered.ts";

/** Items of a dense profit matrix. */
const ITEMS_MAX = 4096;

/** What both have in common; an item is a column. */
interface Packing {
  readonly form: NormalForm;
  /** To maximise. Own profits of packed items are what they are worth beyond being left out. */
  readonly instance: Instance;
  /** Columns that are turned round: an item packed means 0. */
  readonly isTurned: Uint8Array;
  readonly evidence: readonly string[];
}

/** A quadratic knapsack. */
export interface QuadraticKnapsack extends Packing {
  readonly kind: "quadratic-knapsack";
}

/** A selection of exactly or at most `instance.capacity` items. */
export interface SelectK extends Packing {
  readonly kind: "select-k";
}

/** The quadratic knapsack a problem is, if it is one. */
export const recogniseQuadraticKnapsack = remembered(findQuadraticKnapsack);

function findQuadraticKnapsack(problem: QuadraticProblem): QuadraticKnapsack | undefined {
  const found = oneCapacity(problem);
  if (found === undefined || isCount(found.row) || found.row.isExact) return undefined;
  const { form } = found;
  const evidence = [
    `one row bounds a weighted sum of ${form.columnCount} variables, and there is no other`,
    `the objective has ${form.pairs.count} products of two of them`,
  ];
  return { kind: "quadratic-knapsack", ...pack(form, found.row), evidence };
}

/** The selection of k a problem is, if it is one. */
export const recogniseSelectK = remembered(findSelectK);

function findSelectK(problem: QuadraticProblem): SelectK | undefined {
  const found = oneCapacity(problem);
  if (found === undefined || !isCount(found.row)) return undefined;
  const { form, row } = found;
  const evidence = [
    `one row ${row.isExact ? "fixes" : "bounds"} how many of ${form.columnCount} variables are 1`,
    `there is no other row, and the objective has ${form.pairs.count} products of two of them`,
  ];
  return { kind: "select-k", ...pack(form, row), evidence };
}

function oneCapacity(problem: QuadraticProblem) {
  const form = normalForm(problem);
  if (form.kind === "none" || form.rows.count !== 1 || form.pairs.count === 0) return undefined;
  if (form.columnCount > ITEMS_MAX || !isBinary(form)) return undefined;
  const row = capacityRow(form, 0);
  return row && { form, row };
}

/** Whether the row counts all columns, none of them the other way round than the others. */
function isCount({ weights, isTurned }: CapacityRow): boolean {
  return weights.every((weight) => weight === 1) && isTurned.every((one) => one === isTurned[0]);
}

function pack(form: NormalForm, { weights, capacity, isTurned, isExact }: CapacityRow) {
  const { columnCount: size, costs, pairs } = form;
  const profits = new Float64Array(size * size);
  for (let item = 0; item < size; item += 1) {
    profits[item * size + item] = isTurned[item] === 1 ? costs[item] : -costs[item];
  }
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const [one, other] = [pairs.firsts[pair], pairs.seconds[pair]];
    const bias = pairs.biases[pair];
    // y y' with y = 1 - z is y' - z y': what is linear goes to the one that is not turned.
    const sign = isTurned[one] === isTurned[other] ? 1 : -1;
    profits[one * size + other] -= sign * bias;
    profits[other * size + one] = profits[one * size + other];
    if (isTurned[one] === 1) profits[other * size + other] -= isTurned[other] === 1 ? -bias : bias;
    if (isTurned[other] === 1) profits[one * size + one] -= isTurned[one] === 1 ? -bias : bias;
  }
  return { form, instance: { size, profits, weights, capacity, isExact }, isTurned };
}
