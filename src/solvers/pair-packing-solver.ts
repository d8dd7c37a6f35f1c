/**
 * Solvers for packings with a profit for each pair of items: one kernel for the knapsack and for
 * the selection of k, which is the knapsack with equal weights.
 */
import { quadraticKnapsack } from "#kernels";
import type { Solver, Structure } from "#problem";
import { packingSolver } from "./packing-solver.ts";
import type { StructureSolver } from "./structure-solver.ts";

type PairPacking = Extract<Structure, { readonly kind: "quadratic-knapsack" | "select-k" }>;

/** Whole costs up to here are told apart by bounds in doubles, as the kernel says. */
const EXACT_MAX = 2 ** 40;

/** Makes the solver. */
export function pairPackingSolver<Found extends PairPacking>(
  own: Pick<StructureSolver<Found>, "name" | "version" | "what" | "recognise">,
): Solver {
  return packingSolver<Found>({
    ...own,
    method: "branch and bound on split pair profits",
    exactMaxOf: () => EXACT_MAX,
    kernel: quadraticKnapsack,
  });
}
