/**
 * Chains in the making: which qubits each variable has, and how many chains want each qubit. An
 * embedding is found when every variable has a chain and no qubit is wanted twice.
 */
import type { HardwareGraph } from "../graph/hardware-graph.ts";
import type { SourceGraph } from "./source-graph.ts";

/** How good an embedding is: the less the better, the longest chain first. */
export interface EmbeddingSize {
  readonly longestChain: number;
  readonly qubitCount: number;
}

/** Chains, and the number of chains at each qubit. */
export class ChainState {
  readonly source: SourceGraph;
  readonly graph: HardwareGraph;
  readonly chains: number[][];
  /** How many chains want each qubit. */
  readonly fill: Int32Array;
  /** The variable that came last to a qubit; the only one where its fill is 1. */
  readonly owner: Int32Array;
  /** Qubits that more than one chain wants, counted with every chain beyond the first. */
  overlap = 0;

  constructor(source: SourceGraph, graph: HardwareGraph) {
    this.source = source;
    this.graph = graph;
    this.chains = Array.from({ length: source.variableCount }, () => []);
    this.fill = new Int32Array(graph.labelCount);
    this.owner = new Int32Array(graph.labelCount).fill(-1);
  }

  /** Gives `chain` to a variable that has none. */
  put(variable: number, chain: readonly number[]): void {
    this.chains[variable] = [...chain];
    for (const qubit of chain) this.#take(variable, qubit);
  }

  /** Takes a variable's chain away and returns it. */
  tear(variable: number): readonly number[] {
    const chain = this.chains[variable];
    this.chains[variable] = [];
    for (const qubit of chain) this.#leave(qubit);
    return chain;
  }

  /** Hands a qubit of one variable over to another, or to nobody (-1). */
  hand(qubit: number, from: number, to: number): void {
    this.chains[from] = this.chains[from].filter((one) => one !== qubit);
    this.#leave(qubit);
    if (to < 0) return;
    this.chains[to].push(qubit);
    this.#take(to, qubit);
  }

  /** Whether a variable shares a qubit with another. */
  isCrowded(variable: number): boolean {
    return this.chains[variable].some((qubit) => this.fill[qubit] > 1);
  }

  /** Neighbours of a variable that have a chain. */
  placedNeighbours(variable: number): number[] {
    const { starts, neighbours } = this.source;
    return Array.from(neighbours.subarray(starts[variable], starts[variable + 1])).filter(
      (other) => this.chains[other].length > 0,
    );
  }

  /** How good the chains are, overlaps aside. */
  size(): EmbeddingSize {
    return sizeOf(this.chains);
  }

  #take(variable: number, qubit: number): void {
    if (this.fill[qubit] > 0) this.overlap += 1;
    this.fill[qubit] += 1;
    this.owner[qubit] = variable;
  }

  #leave(qubit: number): void {
    this.fill[qubit] -= 1;
    if (this.fill[qubit] > 0) this.overlap -= 1;
    else this.owner[qubit] = -1;
  }
}

/** How good chains are. */
export function sizeOf(chains: readonly ArrayLike<number>[]): EmbeddingSize {
  let longestChain = 0;
  let qubitCount = 0;
  for (const { length } of chains) {
    longestChain = Math.max(longestChain, length);
    qubitCount += length;
  }
  return { longestChain, qubitCount };
}

/** Whether `a` is better than `b`. */
export function isSmaller(a: EmbeddingSize, b: EmbeddingSize): boolean {
  if (a.longestChain !== b.longestChain) return a.longestChain < b.longestChain;
  return a.qubitCount < b.qubitCount;
}
