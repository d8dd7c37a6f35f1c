/**
 * Chains as trees, while they may still overlap. Each tree knows by which of its qubits it is
 * linked to every neighbour, so that a branch withers as soon as nothing hangs on it; and what a
 * path uses for one neighbour alone goes to that neighbour, so that those with many neighbours grow
 * towards them. As in minorminer, by the authors of the heuristic.
 */
import type { HardwareGraph } from "../graph/hardware-graph.ts";
import type { Route } from "./chain-router.ts";
import type { SourceGraph } from "./source-graph.ts";

interface ChainTree {
  /** Neighbours within the tree of each qubit. */
  readonly branches: Map<number, number[]>;
  /** The qubit that touches each neighbouring variable's chain. */
  readonly links: Map<number, number>;
}

/** All chains of an embedding in the making. */
export class ChainTrees {
  readonly source: SourceGraph;
  readonly graph: HardwareGraph;
  /** How many chains want each qubit. */
  readonly fill: Int32Array;
  /** Qubits that more than one chain wants, counted with every chain beyond the first. */
  overlap = 0;
  readonly #trees: readonly ChainTree[];

  constructor(source: SourceGraph, graph: HardwareGraph) {
    this.source = source;
    this.graph = graph;
    this.fill = new Int32Array(graph.labelCount);
    this.#trees = Array.from({ length: source.variableCount }, () => ({
      branches: new Map(),
      links: new Map(),
    }));
  }

  /** The qubits of a variable; none if it has no chain. */
  chainOf(variable: number): readonly number[] {
    return [...this.#trees[variable].branches.keys()];
  }

  /** Whether a variable has a chain. */
  isPlaced(variable: number): boolean {
    return this.#trees[variable].branches.size > 0;
  }

  /** Neighbours of a variable that have a chain. */
  placedNeighbours(variable: number): number[] {
    const { starts, neighbours } = this.source;
    return Array.from(neighbours.subarray(starts[variable], starts[variable + 1])).filter((other) =>
      this.isPlaced(other),
    );
  }

  /** Gives a variable without a chain one qubit and no links. */
  plant(variable: number, qubit: number): void {
    this.#grow(this.#trees[variable], qubit, -1);
  }

  /** Gives a variable without a chain that of a route, and neighbours the parts that are theirs. */
  put(variable: number, neighbours: readonly number[], { root, paths }: Route): void {
    const tree = this.#trees[variable];
    this.#grow(tree, root, -1);
    for (const [index, { qubits, foot }] of paths.entries()) {
      let last = root;
      for (const qubit of qubits) {
        if (!tree.branches.has(qubit)) this.#grow(tree, qubit, last);
        last = qubit;
      }
      tree.links.set(neighbours[index], last);
      this.#trees[neighbours[index]].links.set(variable, foot);
    }
    for (const neighbour of neighbours) this.#handOver(variable, neighbour);
  }

  /** Takes a variable's chain away, and what of its neighbours' was there for it alone. */
  tear(variable: number): void {
    const tree = this.#trees[variable];
    for (const neighbour of tree.links.keys()) {
      const other = this.#trees[neighbour];
      const end = other.links.get(variable);
      other.links.delete(variable);
      if (end !== undefined) this.#wither(other, end);
    }
    for (const qubit of tree.branches.keys()) this.#leave(qubit);
    tree.branches.clear();
    tree.links.clear();
  }

  /** Gives the end of the chain that serves one neighbour alone to that neighbour. */
  #handOver(variable: number, neighbour: number): void {
    const tree = this.#trees[variable];
    const other = this.#trees[neighbour];
    for (;;) {
      const end = tree.links.get(neighbour) ?? -1;
      const [inner, ...rest] = tree.branches.get(end) ?? [];
      if (inner === undefined || rest.length > 0 || linksAt(tree, end) > 1) return;
      this.#cut(tree, end);
      if (!other.branches.has(end)) this.#grow(other, end, other.links.get(variable) ?? -1);
      other.links.set(variable, end);
      tree.links.set(neighbour, inner);
    }
  }

  /** Drops ends nothing hangs on, from `end` inwards; the last qubit stays. */
  #wither(tree: ChainTree, end: number): void {
    for (let qubit = end; ; ) {
      const [inner, ...rest] = tree.branches.get(qubit) ?? [];
      if (inner === undefined || rest.length > 0 || linksAt(tree, qubit) > 0) return;
      this.#cut(tree, qubit);
      qubit = inner;
    }
  }

  #grow(tree: ChainTree, qubit: number, from: number): void {
    tree.branches.set(qubit, from < 0 ? [] : [from]);
    tree.branches.get(from)?.push(qubit);
    if (this.fill[qubit] > 0) this.overlap += 1;
    this.fill[qubit] += 1;
  }

  /** Takes an end off its tree. */
  #cut(tree: ChainTree, end: number): void {
    for (const inner of tree.branches.get(end) ?? []) {
      const rest = (tree.branches.get(inner) ?? []).filter((one) => one !== end);
      tree.branches.set(inner, rest);
    }
    tree.branches.delete(end);
    this.#leave(end);
  }

  #leave(qubit: number): void {
    this.fill[qubit] -= 1;
    if (this.fill[qubit] > 0) this.overlap -= 1;
  }
}

function linksAt({ links }: ChainTree, qubit: number): number {
  let count = 0;
  for (const end of links.values()) if (end === qubit) count += 1;
  return count;
}
