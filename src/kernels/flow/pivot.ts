/**
 * One step of the network simplex method: an arc outside the tree enters, flow is sent round the
 * cycle it closes, and the arc that blocks it leaves. Ties are broken so that the tree stays
 * strongly feasible, which rules out cycling (W. Cunningham, Mathematical Programming 11 (1976)).
 */
import { attach, detach, EMPTY, FULL, IN_TREE, type SpanningTree } from "./spanning-tree.ts";

/** What blocks the cycle. */
interface Block {
  /** How much flow the cycle takes. */
  change: number;
  /** The node below the leaving arc, -1 if the entering arc itself blocks. */
  node: number;
  /** Whether that node lies on the side where the cycle's flow starts. */
  isOnFirstSide: boolean;
}

/**
 * Lets the arc `entering` into the tree. Returns the nodes touched, or -1 if the cycle takes flow
 * without end, so that the problem has no least cost.
 */
export function pivot(tree: SpanningTree, entering: number): number {
  const { from, to, standing, flow } = tree;
  const direction = standing[entering];
  const first = direction === EMPTY ? from[entering] : to[entering];
  const second = direction === EMPTY ? to[entering] : from[entering];
  const join = joinOf(tree, first, second);
  const block = blockOf(tree, entering, first, second, join);
  if (block.change === Number.POSITIVE_INFINITY) return -1;
  augment(tree, entering, first, second, join, direction * block.change);
  if (block.node < 0) {
    standing[entering] = direction === EMPTY ? FULL : EMPTY;
    return 1;
  }
  const leaving = tree.parentArc[block.node];
  standing[leaving] = flow[leaving] === 0 ? EMPTY : FULL;
  standing[entering] = IN_TREE;
  const inside = block.isOnFirstSide ? first : second;
  const outside = block.isOnFirstSide ? second : first;
  rehang(tree, inside, outside, entering, block.node);
  return settleBelow(tree, inside);
}

function joinOf({ parent, depth }: SpanningTree, first: number, second: number): number {
  let one = first;
  let other = second;
  while (one !== other) {
    if (depth[one] >= depth[other]) one = parent[one];
    else other = parent[other];
  }
  return one;
}

function blockOf(
  tree: SpanningTree,
  entering: number,
  first: number,
  second: number,
  join: number,
): Block {
  const { parent, parentArc, from, capacities, flow } = tree;
  const block: Block = { change: capacities[entering], node: -1, isOnFirstSide: true };
  // The cycle runs from the join down to `first`, over the entering arc, and from `second` up.
  for (let node = first; node !== join; node = parent[node]) {
    const arc = parentArc[node];
    const isUpward = from[arc] === node;
    const left = isUpward ? flow[arc] : capacities[arc] - flow[arc];
    if (left >= block.change) continue;
    block.change = left;
    block.node = node;
  }
  for (let node = second; node !== join; node = parent[node]) {
    const arc = parentArc[node];
    const isUpward = from[arc] === node;
    const left = isUpward ? capacities[arc] - flow[arc] : flow[arc];
    // The last blocking arc of the cycle leaves: this keeps the tree strongly feasible.
    if (left > block.change) continue;
    block.change = left;
    block.node = node;
    block.isOnFirstSide = false;
  }
  return block;
}

function augment(
  tree: SpanningTree,
  entering: number,
  first: number,
  second: number,
  join: number,
  signedChange: number,
): void {
  const { parent, parentArc, from, flow } = tree;
  if (signedChange === 0) return;
  const change = Math.abs(signedChange);
  flow[entering] += signedChange;
  for (let node = first; node !== join; node = parent[node]) {
    const arc = parentArc[node];
    flow[arc] += from[arc] === node ? -change : change;
  }
  for (let node = second; node !== join; node = parent[node]) {
    const arc = parentArc[node];
    flow[arc] += from[arc] === node ? change : -change;
  }
}

/** Turns the path from `inside` up to `top` round, and hangs it from `outside` by `entering`. */
function rehang(
  tree: SpanningTree,
  inside: number,
  outside: number,
  entering: number,
  top: number,
): void {
  const { parent, parentArc } = tree;
  let node = inside;
  let above = outside;
  let arc = entering;
  for (;;) {
    const oldParent = parent[node];
    const oldArc = parentArc[node];
    detach(tree, node, oldParent);
    parent[node] = above;
    parentArc[node] = arc;
    attach(tree, node, above);
    if (node === top) return;
    above = node;
    arc = oldArc;
    node = oldParent;
  }
}

/** Recomputes depth and potential of `top` and everything below it; returns how many that is. */
function settleBelow(tree: SpanningTree, top: number): number {
  const { parent, parentArc, depth, potential, costs, from, child, next } = tree;
  let count = 0;
  let node = top;
  for (;;) {
    const arc = parentArc[node];
    const above = parent[node];
    depth[node] = depth[above] + 1;
    potential[node] = potential[above] + (from[arc] === node ? costs[arc] : -costs[arc]);
    count += 1;
    if (child[node] >= 0) {
      node = child[node];
      continue;
    }
    while (node !== top && next[node] < 0) node = parent[node];
    if (node === top) return count;
    node = next[node];
  }
}
