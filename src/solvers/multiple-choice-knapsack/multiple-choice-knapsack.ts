/** The multiple-choice knapsack by dynamic programming over its expanding core. */
import { multipleChoiceKnapsack as kernel } from "#kernels";
import { recogniseMultipleChoiceKnapsack } from "#problem";
import { endOf, structureSolver } from "../structure-solver.ts";

/** Proves; pseudo-polynomial. */
export const multipleChoiceKnapsack = structureSolver({
  name: "multiple-choice-knapsack",
  version: 2,
  what: "a multiple-choice knapsack",
  recognise: recogniseMultipleChoiceKnapsack,
  method: "dynamic programming over the core (Pisinger 1995)",
  solve: ({ form, instance, columnOf }, run) => {
    const { optionOf, bound, isProved } = kernel(instance, run.budget);
    if (optionOf !== undefined) {
      const chosen = new Uint8Array(form.columnCount);
      for (const option of optionOf) if (columnOf[option] >= 0) chosen[columnOf[option]] = 1;
      run.offer(chosen);
    }
    return { end: endOf(optionOf, isProved), bound: -bound };
  },
});
