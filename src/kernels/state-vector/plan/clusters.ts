/**
 * The beginning of a circuit on |0...0> taken apart. Until enough gates have coupled them, qubits
 * fall into clusters that know nothing of each other, and the state is the product of the clusters'
 * small states: layers that would cost a sweep over all amplitudes each cost next to nothing there.
 * Gates that would join clusters beyond a tile wait, and so does all that does not commute with
 * what waits.
 */
import { unreachable } from "#foundation";
import type { PlanNode } from "./node.ts";

/** Some bits and what happens to them alone. */
export interface Cluster {
  /** Stored bits, ascending. */
  readonly bits: readonly number[];
  readonly nodes: readonly PlanNode[];
}

/** A plan in two parts: first each cluster on its own, then the rest on the product. */
export interface ClusteredPlan {
  /** Largest first; together they have every bit. */
  readonly clusters: readonly Cluster[];
  readonly rest: readonly PlanNode[];
}

/**
 * Splits the plan of a circuit that starts from |0...0>; no cluster has more than `capacity` bits.
 * What is left begins at one level for all bits: a ragged beginning would cost later passes more
 * than it saved.
 */
export function clusterStart(
  nodes: readonly PlanNode[],
  bitCount: number,
  capacity: number,
): ClusteredPlan {
  const levels = levelsOf(nodes, bitCount);
  const isMixing = (index: number) => mixes(nodes[index]);
  const all = deal(nodes, bitCount, capacity, () => true);
  const firstLeft = all.rest
    .filter(isMixing)
    .reduce((least, index) => Math.min(least, levels[index]), Number.POSITIVE_INFINITY);
  // One-bit factors are always welcome; each bit has one at its very beginning, its first gate on
  // |0>.
  const isEven = (index: number) => nodes[index].kind === "factor" || levels[index] < firstLeft;
  const even = deal(nodes, bitCount, capacity, isEven);
  const masks = pack([...new Set(even.joined)], capacity);
  const early = even.early.map((index) => nodes[index]);
  const clusters = masks.map((mask, index) => ({
    bits: bitsOf(mask),
    // A factor of the whole state has no bit of its own; any one cluster can take it.
    nodes: early.filter((node) => (node.mask & mask) !== 0 || (node.mask === 0 && index === 0)),
  }));
  return { clusters, rest: even.rest.map((index) => nodes[index]) };
}

/**
 * Nodes, by index, that clusters can do and those that must wait; and the cluster of each bit as a
 * mask.
 */
interface Deal {
  readonly early: readonly number[];
  readonly rest: readonly number[];
  readonly joined: readonly number[];
}

function deal(
  nodes: readonly PlanNode[],
  bitCount: number,
  capacity: number,
  isAllowed: (index: number) => boolean,
): Deal {
  const joined = Array.from({ length: bitCount }, (_, bit) => 1 << bit);
  const early: number[] = [];
  const rest: number[] = [];
  let [mixingWaits, diagonalWaits] = [0, 0];
  nodes.forEach((node, index) => {
    const inTheWay = mixes(node) ? mixingWaits | diagonalWaits : mixingWaits;
    const free = (node.mask & inTheWay) === 0 && isAllowed(index);
    const all = free ? union(joined, node.mask) : -1;
    if (all !== -1 && countBits(all) <= capacity) {
      for (const bit of bitsOf(all)) joined[bit] = all;
      early.push(index);
      return;
    }
    rest.push(index);
    if (mixes(node)) mixingWaits |= node.mask;
    else diagonalWaits |= node.mask;
  });
  return { early, rest, joined };
}

/**
 * How many rotations or matrices at least come before each node, counted along what must be in
 * order.
 */
function levelsOf(nodes: readonly PlanNode[], bitCount: number): Int32Array {
  const levels = new Int32Array(nodes.length);
  const reached = new Int32Array(bitCount);
  nodes.forEach((node, index) => {
    const bits = bitsOf(node.mask);
    const level = bits.reduce((most, bit) => Math.max(most, reached[bit]), 0);
    levels[index] = level;
    for (const bit of bits) reached[bit] = mixes(node) ? level + 1 : level;
  });
  return levels;
}

function mixes(node: PlanNode): boolean {
  return node.kind === "rotation" || node.kind === "matrix";
}

/** The same node on other bits: bit b becomes `placeOf[b]`. */
export function moveNode(node: PlanNode, placeOf: readonly number[]): PlanNode {
  const mask = moveMask(node.mask, placeOf);
  switch (node.kind) {
    case "term":
      return { ...node, mask, value: moveMask(node.value, placeOf) };
    case "matrix":
      return { ...node, mask, bits: node.bits.map((bit) => placeOf[bit]) };
    case "rotation":
    case "factor":
    case "cost":
      return { ...node, mask };
    default:
      return unreachable(node);
  }
}

/** The mask with bit b moved to `placeOf[b]`. */
export function moveMask(mask: number, placeOf: readonly number[]): number {
  return bitsOf(mask).reduce((moved, bit) => moved | (1 << placeOf[bit]), 0);
}

/** The bits of `mask`, ascending. */
export function bitsOf(mask: number): readonly number[] {
  const bits: number[] = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits.push(31 - Math.clz32(rest & -rest));
  return bits;
}

/** How many bits of `mask` are 1. */
export function countBits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function union(joined: readonly number[], mask: number): number {
  let all = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) all |= joined[31 - Math.clz32(rest & -rest)];
  return all;
}

/**
 * Puts small clusters together, first fit by falling size; few clusters of some size are handled
 * best.
 */
function pack(masks: readonly number[], capacity: number): readonly number[] {
  const packed: number[] = [];
  for (const mask of [...masks].sort((a, b) => countBits(b) - countBits(a) || a - b)) {
    const at = packed.findIndex((one) => countBits(one) + countBits(mask) <= capacity);
    if (at < 0) packed.push(mask);
    else packed[at] |= mask;
  }
  return packed.sort((a, b) => countBits(b) - countBits(a) || a - b);
}
