/**
 * The route of one chain: from the chains of its neighbours, searches advance side by side over the
 * hardware graph, and where all of them have come the chain gets its root; it consists of the
 * shortest paths from there. Qubits cost more the more chains want them. After J. Cai, W. G.
 * Macready and A. Roy, A practical heuristic for finding graph minors, 2014 (arXiv 1406.2741);
 * searches there run one by one over the whole graph.
 */
import type { RandomStream } from "#foundation";
import type { HardwareGraph } from "../graph/hardware-graph.ts";
import { BucketQueue } from "./bucket-queue.ts";
import type { Effort } from "./effort.ts";

/** No qubit costs more. */
export const PRICE_MAX = 1023;
/** Once a root is found the searches go on to this multiple of their distance, and one step. */
const FURTHER = 1.25;

/** A root, and for each neighbour the way from it. */
export interface Route {
  readonly root: number;
  readonly paths: readonly Path[];
}

/** The qubits between the root and a neighbour's chain, and where it comes upon that chain. */
export interface Path {
  readonly qubits: readonly number[];
  /** A qubit of the neighbour's chain; the root itself where it lies in that chain. */
  readonly foot: number;
}

/** Finds chains on one hardware graph. */
export class ChainRouter {
  readonly #graph: HardwareGraph;
  readonly #random: RandomStream;
  readonly #effort: Effort;
  readonly #queue = new BucketQueue(1024);
  /** By search and qubit; an entry counts if its stamp is that of this route. */
  #distances = new Int32Array(0);
  #parents = new Int32Array(0);
  #stamps = new Int32Array(0);
  #stamp = 0;
  /** By qubit: how many searches have come, and what they paid to come beside it. */
  readonly #arrivals: Int32Array;
  readonly #paid: Float64Array;
  readonly #arrivalStamps: Int32Array;
  #root = -1;
  #rootCost = 0;
  #ties = 0;

  constructor(graph: HardwareGraph, random: RandomStream, effort: Effort) {
    this.#graph = graph;
    this.#random = random;
    this.#effort = effort;
    this.#arrivals = new Int32Array(graph.labelCount);
    this.#paid = new Float64Array(graph.labelCount);
    this.#arrivalStamps = new Int32Array(graph.labelCount);
  }

  /**
   * A root with ways to all of `chains`, of which there is at least one. A qubit that f chains want
   * costs `prices[f]`, from 1 to {@link PRICE_MAX}; 0 forbids it. `undefined` if no root has all
   * ways within `costMax`, or if the effort has ended.
   */
  route(
    chains: readonly (readonly number[])[],
    fill: Int32Array,
    prices: Int32Array,
    costMax = Number.POSITIVE_INFINITY,
  ): Route | undefined {
    this.#open(chains.length);
    for (const [search, chain] of chains.entries()) {
      for (const qubit of chain) this.#reach(search, qubit, 0, -1);
    }
    this.#advance(chains.length, fill, prices, costMax);
    if (this.#root < 0 || this.#effort.stopped) return undefined;
    return { root: this.#root, paths: chains.map((_, search) => this.#path(search)) };
  }

  #open(searchCount: number): void {
    const size = searchCount * this.#graph.labelCount;
    if (size > this.#distances.length) {
      this.#distances = new Int32Array(size);
      this.#parents = new Int32Array(size);
      this.#stamps = new Int32Array(size);
    }
    this.#stamp += 1;
    this.#queue.clear();
    this.#root = -1;
    this.#rootCost = Number.POSITIVE_INFINITY;
  }

  #reach(search: number, qubit: number, distance: number, parent: number): void {
    const key = search * this.#graph.labelCount + qubit;
    if (this.#stamps[key] === this.#stamp && this.#distances[key] <= distance) return;
    this.#stamps[key] = this.#stamp;
    this.#distances[key] = distance;
    this.#parents[key] = parent;
    this.#queue.push(distance, search, qubit);
  }

  /** Lets all searches advance at one speed until the root is certain enough. */
  #advance(searchCount: number, fill: Int32Array, prices: Int32Array, costMax: number): void {
    const { labelCount, starts, neighbours } = this.#graph;
    const queue = this.#queue;
    let last = costMax;
    for (let distance = 0; queue.size > 0 && distance <= last; distance += 1) {
      let looked = 0;
      while (queue.take(distance)) {
        const { search, qubit } = queue;
        // An entry that a shorter way has overtaken.
        if (this.#distances[search * labelCount + qubit] !== distance) continue;
        this.#arrive(qubit, distance, searchCount, prices[fill[qubit]]);
        for (let entry = starts[qubit]; entry < starts[qubit + 1]; entry += 1) {
          const next = neighbours[entry];
          const price = prices[fill[next]];
          if (price > 0 && distance + price <= last) {
            this.#reach(search, next, distance + price, qubit);
          }
        }
        looked += starts[qubit + 1] - starts[qubit];
      }
      if (this.#root >= 0) {
        // Whoever is complete only now costs at least the distance.
        last = Math.min(last, Math.ceil(FURTHER * distance) + 1, this.#rootCost - 1);
      }
      if (looked > 0 && this.#effort.spend(looked)) return;
    }
  }

  /** A search has come to a qubit; where it is the last one, the qubit may become the root. */
  #arrive(qubit: number, distance: number, searchCount: number, price: number): void {
    if (this.#arrivalStamps[qubit] !== this.#stamp) {
      this.#arrivalStamps[qubit] = this.#stamp;
      this.#arrivals[qubit] = 0;
      this.#paid[qubit] = 0;
    }
    this.#arrivals[qubit] += 1;
    this.#paid[qubit] += Math.max(0, distance - price);
    if (this.#arrivals[qubit] < searchCount || price === 0) return;
    const cost = this.#paid[qubit] + price;
    if (cost > this.#rootCost) return;
    this.#ties = cost < this.#rootCost ? 1 : this.#ties + 1;
    if (this.#ties > 1 && this.#random.below(this.#ties) > 0) return;
    this.#root = qubit;
    this.#rootCost = cost;
  }

  #path(search: number): Path {
    const first = search * this.#graph.labelCount;
    const qubits: number[] = [];
    let qubit = this.#root;
    while (this.#parents[first + qubit] >= 0) {
      if (qubit !== this.#root) qubits.push(qubit);
      qubit = this.#parents[first + qubit];
    }
    return { qubits, foot: qubit };
  }
}
