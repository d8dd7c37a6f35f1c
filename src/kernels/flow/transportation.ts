/**
 * Transportation: goods from sources that have at most so much to sinks that need exactly so much,
 * at a cost per unit for every pair. A least-cost flow in which a further sink takes what is left.
 */
import { assert, type WorkBudget } from "#foundation";
import { type FlowStatus, minCostFlow } from "./min-cost-flow.ts";

/** The answer and its proof. */
export interface Transport {
  readonly status: FlowStatus;
  /** Amount from each source to each sink, source by source. */
  readonly amounts: Float64Array;
  /**
   * Dual prices: sinkPrice[j] - sourcePrice[i] <= cost of (i, j) with equality where something is
   * sent; a source's price is at least 0, and 0 where something is left.
   */
  readonly sourcePrice: Float64Array;
  readonly sinkPrice: Float64Array;
  readonly objective: number;
  /** Nothing costs less. */
  readonly bound: number;
}

/** Minimises for `costs`, sources times sinks, source by source; `Infinity` forbids a pair. */
export function transportation(
  costs: Float64Array,
  supplies: Float64Array,
  demands: Float64Array,
  budget?: WorkBudget,
): Transport {
  const sources = supplies.length;
  const sinks = demands.length;
  assert(costs.length === sources * sinks, `costs: expected ${sources} rows of ${sinks}`);
  const pairs = Int32Array.from(costs.keys()).filter(
    (pair) => costs[pair] < Number.POSITIVE_INFINITY,
  );
  const surplus = sum(supplies) - sum(demands);
  const amounts = new Float64Array(costs.length);
  if (surplus < 0) return refusal(amounts, sources, sinks);
  const rest = sources + sinks;
  const arcs = pairs.length + sources;
  const network = {
    nodes: rest + 1,
    from: new Int32Array(arcs),
    to: new Int32Array(arcs).fill(rest),
    costs: new Float64Array(arcs),
    capacities: new Float64Array(arcs).fill(Number.POSITIVE_INFINITY),
    supplies: Float64Array.from([...supplies, ...demands.map((each) => -each), -surplus]),
  };
  for (let arc = 0; arc < pairs.length; arc += 1) {
    network.from[arc] = Math.floor(pairs[arc] / sinks);
    network.to[arc] = sources + (pairs[arc] % sinks);
    network.costs[arc] = costs[pairs[arc]];
  }
  for (let source = 0; source < sources; source += 1) network.from[pairs.length + source] = source;
  const { status, flow, price, objective, bound } = minCostFlow(network, budget);
  for (let arc = 0; arc < pairs.length; arc += 1) amounts[pairs[arc]] = flow[arc];
  // Prices count down towards a sink; seen from the last node they count what a unit is worth.
  const worth = price.map((each) => price[rest] - each);
  return {
    status,
    amounts,
    sourcePrice: worth.slice(0, sources),
    sinkPrice: worth.slice(sources, rest),
    objective,
    bound,
  };
}

function refusal(amounts: Float64Array, sources: number, sinks: number): Transport {
  return {
    status: "infeasible",
    amounts,
    sourcePrice: new Float64Array(sources),
    sinkPrice: new Float64Array(sinks),
    objective: 0,
    bound: Number.POSITIVE_INFINITY,
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
