/** The best k of n with biases for pairs, by branch and bound on a split of the pair profits. */
import { recogniseSelectK } from "#problem";
import { pairPackingSolver } from "../packing-solver.ts";

/** Proves if the budget allows; with a bound in any case. */
export const selectK = pairPackingSolver({
  name: "select-k",
  version: 3,
  what: "a selection of k out of n",
  recognise: recogniseSelectK,
});
