/**
 * Least-cost flow by the network simplex method with block search for the entering arc. Node
 * potentials are the dual prices and prove the answer.
 */
import { type WorkBudget, workBudget } from "#foundation";
import { assertFlowNetwork, type FlowNetwork } from "./network.ts";
import { pivot } from "./pivot.ts";
import { artificialTree, dearestOf, IN_TREE, type SpanningTree } from "./spanning-tree.ts";

/** How it ended; `unbounded` means that a cycle of negative cost has no limit. */
export type FlowStatus = "optimal" | "infeasible" | "unbounded" | "stopped";

/** The answer and its proof. */
export interface Flow {
  readonly status: FlowStatus;
  /** Flow on each arc; meets all supplies with `optimal`, and with `stopped` if `isFeasible`. */
  readonly flow: Float64Array;
  readonly isFeasible: boolean;
  /**
   * Dual price of each node. With `optimal`, an arc's reduced cost, cost - price(from) + price(to),
   * is at least 0 unless the arc is full and at most 0 unless it is empty.
   */
  readonly price: Float64Array;
  readonly objective: number;
  /** No flow costs less. */
  readonly bound: number;
}

const BLOCK_MIN = 20;
const WORK_PER_TICK = 1000;
/** Reduced costs above minus this, relative to the dearest arc, count as 0. */
const TOLERANCE = 1e-12;

/**
 * Minimises. Exact for integers while costs times nodes stay below 2^53. Work is counted in arcs
 * priced and nodes moved.
 */
export function minCostFlow(
  network: FlowNetwork,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
): Flow {
  assertFlowNetwork(network);
  const tree = artificialTree(network);
  const status = run(tree, budget);
  return conclude(network, tree, status);
}

function run(tree: SpanningTree, budget: WorkBudget): FlowStatus {
  // Arrays at hand: this loop prices hundreds of thousands of arcs.
  const { arcs, from, to, costs, standing, potential } = tree;
  const block = Math.max(BLOCK_MIN, Math.ceil(Math.sqrt(arcs)));
  const threshold = -TOLERANCE * dearestOf(costs);
  let work = 0;
  let cursor = 0;
  for (;;) {
    let best = -1;
    let least = threshold;
    let sinceLast = 0;
    for (let seen = 0; seen < arcs; seen += 1) {
      const reduced =
        standing[cursor] * (costs[cursor] - potential[from[cursor]] + potential[to[cursor]]);
      if (reduced < least) {
        least = reduced;
        best = cursor;
      }
      cursor = cursor + 1 === arcs ? 0 : cursor + 1;
      sinceLast += 1;
      work += 1;
      if (sinceLast < block) continue;
      if (best >= 0) break;
      sinceLast = 0;
    }
    if (best < 0) return "optimal";
    const touched = pivot(tree, best);
    if (touched < 0) return "unbounded";
    work += touched;
    if (work < WORK_PER_TICK) continue;
    if (budget.tick(work) === "stop") return "stopped";
    work = 0;
  }
}

function reducedCost({ from, to, costs, potential }: SpanningTree, arc: number): number {
  return costs[arc] - potential[from[arc]] + potential[to[arc]];
}

function conclude(network: FlowNetwork, tree: SpanningTree, end: FlowStatus): Flow {
  const { nodes, costs, capacities, supplies } = network;
  const flow = tree.flow.slice(0, tree.arcs);
  const unmet = tree.flow.subarray(tree.arcs).reduce((sum, each) => sum + each, 0);
  const volume = supplies.reduce((sum, each) => sum + Math.abs(each), 0);
  const isFeasible = unmet <= 1e-9 * volume;
  const status = end === "optimal" && !isFeasible ? "infeasible" : end;
  let objective = 0;
  for (let arc = 0; arc < flow.length; arc += 1) objective += costs[arc] * flow[arc];
  let bound = 0;
  for (let node = 0; node < nodes; node += 1) bound += supplies[node] * tree.potential[node];
  for (let arc = 0; arc < flow.length; arc += 1) {
    // In the tree a reduced cost is 0; elsewhere it can only be gained on what the arc can carry.
    const gain = tree.standing[arc] === IN_TREE ? 0 : Math.min(0, reducedCost(tree, arc));
    if (gain < 0) bound += gain * capacities[arc];
  }
  if (status === "infeasible") bound = Number.POSITIVE_INFINITY;
  if (status === "unbounded") bound = Number.NEGATIVE_INFINITY;
  return { status, flow, isFeasible, price: tree.potential.slice(0, nodes), objective, bound };
}
