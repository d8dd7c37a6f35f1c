/** The knapsack with several capacities by branch and bound on its linear relaxation. */
import { multiKnapsack as kernel } from "#kernels";
import { recogniseMultiKnapsack } from "#problem";
import { packingSolver } from "../packing-solver.ts";

/** In their common unit, whole costs up to here are told apart by bounds in doubles. */
const EXACT_MAX = 2 ** 30;

/** Proves if the budget allows; with a bound in any case. */
export const multiKnapsack = packingSolver({
  name: "multi-knapsack",
  version: 2,
  what: "a knapsack with several capacities",
  recognise: recogniseMultiKnapsack,
  method: "branch and bound on the linear relaxation",
  exactMaxOf: ({ profitUnit }) => Math.min(EXACT_MAX * profitUnit, Number.MAX_SAFE_INTEGER),
  profitUnitOf: ({ profitUnit }) => profitUnit,
  kernel,
});
