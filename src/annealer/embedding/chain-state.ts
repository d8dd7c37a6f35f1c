/**
 * Chains that overlap nowhere, while they are made shorter: the qubits of each variable, and the
 * variable at each qubit.
 */
import type { HardwareGraph } from "../graph/hardware-graph.ts";
import type { SourceGraph } from "./source-graph.ts";

/** How good an embedding is: the less the better, the longest chain first. */
export interface EmbeddingSize {
  readonly longestChain: number;
  readonly qubitCount: number;
}

/** The chains of an embedding, one of which may be torn out. */
export class ChainState {
  readonly source: SourceGraph;
  readonly graph: HardwareGraph;
  readonly chains: number[][];
  /** The variable at each qubit; -1 where there is none. */
  readonly owner: Int32Array;
  /** 1 where there is a variable: what routes are priced by. */
  readonly fill: Int32Array;

  constructor(source: SourceGraph, graph: HardwareGraph) {
    this.source = source;
    this.graph = graph;
    this.chains = Array.from({ length: source.variableCount }, () => []);
    this.owner = new Int32Array(graph.labelCount).fill(-1);
    this.fill = new Int32Array(graph.labelCount);
  }

  /** Gives free qubits to a variable that has none. */
  put(variable: number, chain: readonly number[]): void {
    this.chains[variable] = [...chain];
    for (const qubit of chain) this.#give(qubit, variable);
  }

  /** Takes a variable's chain away and returns it. */
  tear(variable: number): readonly number[] {
    const chain = this.chains[variable];
    this.chains[variable] = [];
    for (const qubit of chain) this.#give(qubit, -1);
    return chain;
  }

  /** Hands a qubit of one variable over to another, or to nobody (-1). */
  hand(qubit: number, from: number, to: number): void {
    this.chains[from] = this.chains[from].filter((one) => one !== qubit);
    if (to >= 0) this.chains[to].push(qubit);
    this.#give(qubit, to);
  }

  /** The neighbours of a variable. */
  neighboursOf(variable: number): Int32Array {
    const { starts, neighbours } = this.source;
    return neighbours.subarray(starts[variable], starts[variable + 1]);
  }

  /** How good the chains are. */
  size(): EmbeddingSize {
    return sizeOf(this.chains);
  }

  #give(qubit: number, variable: number): void {
    this.owner[qubit] = variable;
    this.fill[qubit] = variable < 0 ? 0 : 1;
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
