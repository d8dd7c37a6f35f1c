/**
 * A network of arcs with a cost and a capacity each, between nodes that supply or demand. Arcs are
 * given by their end points, so parallel arcs are separate.
 */
import { assert } from "#foundation";

/** One problem, to minimise. */
export interface FlowNetwork {
  readonly nodes: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly costs: Float64Array;
  /** Non-negative; `Infinity` for no limit. */
  readonly capacities: Float64Array;
  /** What each node sends out; negative for what it takes in. Adds up to 0. */
  readonly supplies: Float64Array;
}

/** Refuses arrays of the wrong length, arcs out of range and supplies that do not balance. */
export function assertFlowNetwork(network: FlowNetwork): void {
  const { nodes, from, to, costs, capacities, supplies } = network;
  const arcs = from.length;
  assert(to.length === arcs && costs.length === arcs, `arcs: expected ${arcs} ends and costs`);
  assert(capacities.length === arcs, `capacities: expected ${arcs}, got ${capacities.length}`);
  assert(supplies.length === nodes, `supplies: expected ${nodes}, got ${supplies.length}`);
  for (let arc = 0; arc < arcs; arc += 1) {
    const inRange = Math.min(from[arc], to[arc]) >= 0 && Math.max(from[arc], to[arc]) < nodes;
    // Messages are made for what fails alone: there are many arcs.
    if (inRange && capacities[arc] >= 0 && Number.isFinite(costs[arc])) continue;
    assert(inRange, `arc ${arc}: expected nodes below ${nodes}, got ${from[arc]} to ${to[arc]}`);
    assert(capacities[arc] >= 0, `arc ${arc}: expected a capacity of at least 0`);
    assert(Number.isFinite(costs[arc]), `arc ${arc}: expected a finite cost`);
  }
  const surplus = supplies.reduce((sum, supply) => sum + supply, 0);
  const volume = supplies.reduce((sum, supply) => sum + Math.abs(supply), 0);
  assert(Math.abs(surplus) <= 1e-9 * volume, `supplies: expected a sum of 0, got ${surplus}`);
}
