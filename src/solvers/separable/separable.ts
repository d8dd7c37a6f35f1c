/** The problem that falls apart into its variables: each gets its own best value. */
import { recogniseSeparable } from "#problem";
import { structureSolver } from "../structure-solver.ts";

/** Proves by looking at every variable once. */
export const separable = structureSolver({
  name: "separable",
  version: 2,
  what: "one whose variables stand apart",
  recognise: recogniseSeparable,
  method: "the best value of each variable by itself",
  solve: ({ form, chosen }, run) => {
    run.budget.tick(form.problem.variableCount);
    run.offer(chosen);
    return { end: "optimal", bound: Number.NEGATIVE_INFINITY };
  },
});
