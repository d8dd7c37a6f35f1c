/** The knapsack by dynamic programming over its expanding core. */
import { knapsack as kernel } from "#kernels";
import { type Knapsack, recogniseKnapsack } from "#problem";
import { endOf, structureSolver } from "../structure-solver.ts";

/** Proves; pseudo-polynomial. */
export const knapsack = structureSolver({
  name: "knapsack",
  version: 2,
  what: "a knapsack",
  recognise: recogniseKnapsack,
  method: "dynamic programming over the core (Pisinger 1995)",
  solve: (found, run) => {
    const { profits, weights, capacity, profitPerWeight } = found;
    const { packed, bound, isProved } = kernel(profits, weights, capacity, run.budget);
    if (packed !== undefined && isShort(found, packed)) {
      return { end: endOf(undefined, isProved), bound: Number.NEGATIVE_INFINITY };
    }
    if (packed !== undefined) run.offer(chosenBy(found, packed));
    return {
      end: endOf(packed, isProved),
      bound: costOfNone(found) + profitPerWeight * capacity - bound,
    };
  },
});

/** Whether a knapsack that has to be full is not: the fullest is the best one, so none is. */
function isShort({ weights, capacity, profitPerWeight }: Knapsack, packed: Uint8Array): boolean {
  const load = weights.reduce((sum, weight, item) => sum + packed[item] * weight, 0);
  return profitPerWeight > 0 && load < capacity;
}

/** Cost, by the normal form, of packing nothing. */
function costOfNone({ form: { costs, reaches }, isTurned }: Knapsack): number {
  return costs.reduce(
    (sum, cost, column) => sum + (isTurned[column] === 1 ? cost * reaches[column] : 0),
    0,
  );
}

function chosenBy({ form, columnOf, units, isTurned }: Knapsack, packed: Uint8Array): Float64Array {
  const chosen = form.reaches.map((reach, column) => (isTurned[column] === 1 ? reach : 0));
  for (const [item, column] of columnOf.entries()) {
    if (packed[item] === 1) chosen[column] += isTurned[column] === 1 ? -units[item] : units[item];
  }
  return chosen;
}
