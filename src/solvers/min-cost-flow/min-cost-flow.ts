/** Least-cost flow by the network simplex method; the node potentials prove the answer. */
import { minCostFlow as kernel } from "#kernels";
import { recogniseMinCostFlow } from "#problem";
import { structureSolver } from "../structure-solver.ts";

/** Proves; polynomial in practice. */
export const minCostFlow = structureSolver({
  name: "min-cost-flow",
  version: 2,
  what: "a flow in a network",
  recognise: recogniseMinCostFlow,
  method: "network simplex, node potentials",
  solve: ({ network }, run) => {
    const { status, flow, isFeasible, bound } = kernel(network, run.budget);
    if (isFeasible) run.offer(flow);
    // A cycle that pays for ever proves nothing about whole values that a sample can hold.
    return { end: status === "unbounded" ? "stopped" : status, bound };
  },
});
