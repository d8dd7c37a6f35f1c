/**
 * The basis of the network simplex method: a tree over all nodes and a root, in which every arc
 * outside the tree is empty or full. Kept as parents, depths and a preorder thread.
 */
import type { FlowNetwork } from "./network.ts";

/** Standing of an arc outside the tree that carries nothing. */
export const EMPTY = 1;
/** Standing of an arc in the tree. */
export const IN_TREE = 0;
/** Standing of an arc outside the tree that carries all it can. */
export const FULL = -1;

/**
 * The tree and the flow on it. Arcs beyond the network's own are artificial: one between each node
 * and the root, so dear that they carry flow only where there is no other way.
 */
export interface SpanningTree {
  readonly root: number;
  readonly arcs: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly costs: Float64Array;
  readonly capacities: Float64Array;
  readonly flow: Float64Array;
  readonly standing: Int8Array;
  readonly parent: Int32Array;
  /** Arc between each node and its parent. */
  readonly parentArc: Int32Array;
  readonly depth: Int32Array;
  /** Children as a linked list: the first child of each node, and siblings before and after. */
  readonly child: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  /** Dual price of each node: no arc in the tree gains or loses by it. */
  readonly potential: Float64Array;
}

/** The starting tree: every node hangs from the root by its artificial arc, arcs are empty. */
export function artificialTree(network: FlowNetwork): SpanningTree {
  const { nodes, supplies } = network;
  const arcs = network.from.length;
  const total = arcs + nodes;
  const dear = artificialCost(network);
  const tree: SpanningTree = {
    root: nodes,
    arcs,
    from: extended(network.from, new Int32Array(total)),
    to: extended(network.to, new Int32Array(total)),
    costs: extended(network.costs, new Float64Array(total)),
    capacities: extended(network.capacities, new Float64Array(total)),
    flow: new Float64Array(total),
    standing: new Int8Array(total).fill(EMPTY),
    parent: new Int32Array(nodes + 1).fill(nodes),
    parentArc: new Int32Array(nodes + 1),
    depth: new Int32Array(nodes + 1).fill(1),
    child: new Int32Array(nodes + 1).fill(-1),
    next: new Int32Array(nodes + 1).fill(-1),
    previous: new Int32Array(nodes + 1).fill(-1),
    potential: new Float64Array(nodes + 1),
  };
  tree.parent[nodes] = -1;
  tree.parentArc[nodes] = -1;
  tree.depth[nodes] = 0;
  for (let node = 0; node < nodes; node += 1) {
    const arc = arcs + node;
    const isSource = supplies[node] >= 0;
    tree.from[arc] = isSource ? node : nodes;
    tree.to[arc] = isSource ? nodes : node;
    tree.costs[arc] = dear;
    tree.capacities[arc] = Number.POSITIVE_INFINITY;
    tree.flow[arc] = Math.abs(supplies[node]);
    tree.standing[arc] = IN_TREE;
    tree.parentArc[node] = arc;
    tree.potential[node] = isSource ? dear : -dear;
    attach(tree, node, nodes);
  }
  return tree;
}

/** More than any path through the network can save. */
function artificialCost({ nodes, costs }: FlowNetwork): number {
  return (dearestOf(costs) + 1) * (nodes + 1);
}

/** The largest of `costs` without its sign. */
export function dearestOf(costs: Float64Array): number {
  let dearest = 0;
  for (const cost of costs) dearest = Math.max(dearest, Math.abs(cost));
  return dearest;
}

/** Puts `node` among the children of `parent`. */
export function attach({ child, next, previous }: SpanningTree, node: number, parent: number) {
  next[node] = child[parent];
  previous[node] = -1;
  if (child[parent] >= 0) previous[child[parent]] = node;
  child[parent] = node;
}

/** Takes `node` from among the children of `parent`. */
export function detach({ child, next, previous }: SpanningTree, node: number, parent: number) {
  if (previous[node] >= 0) next[previous[node]] = next[node];
  else child[parent] = next[node];
  if (next[node] >= 0) previous[next[node]] = previous[node];
}

function extended<Values extends { set(from: Values): void }>(from: Values, into: Values): Values {
  into.set(from);
  return into;
}
