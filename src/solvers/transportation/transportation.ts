/** Transportation by the network simplex method; the dual prices prove the answer. */
import { assert } from "#foundation";
import { transportation as kernel } from "#kernels";
import { recogniseTransportation } from "#problem";
import { structureSolver } from "../structure-solver.ts";

/** Proves; polynomial in practice. */
export const transportation = structureSolver({
  name: "transportation",
  version: 2,
  what: "a transportation problem",
  recognise: recogniseTransportation,
  method: "network simplex, dual prices of sources and sinks",
  solve: ({ form, costs, supplies, demands, wayOf }, run) => {
    const { status, amounts, bound } = kernel(costs, supplies, demands, run.budget);
    assert(status !== "unbounded", "demands bound what is sent");
    if (status !== "optimal") return { end: status, bound };
    const chosen = new Float64Array(form.columnCount);
    for (const [way, column] of wayOf.entries()) if (column >= 0) chosen[column] = amounts[way];
    run.offer(chosen);
    return { end: status, bound };
  },
});
