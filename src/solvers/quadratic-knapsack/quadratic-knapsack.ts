/** The quadratic knapsack by branch and bound on a split of the pair profits. */
import { recogniseQuadraticKnapsack } from "#problem";
import { pairPackingSolver } from "../packing-solver.ts";

/** Proves if the budget allows; with a bound in any case. */
export const quadraticKnapsack = pairPackingSolver({
  name: "quadratic-knapsack",
  version: 3,
  what: "a quadratic knapsack",
  recognise: recogniseQuadraticKnapsack,
});
