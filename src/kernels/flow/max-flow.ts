/**
 * Greatest flow by blocking flows on layered networks (E. Dinic, Soviet Mathematics Doklady 11,
 * 1970), with the least cut that proves it.
 */
import { assert, type WorkBudget, workBudget } from "#foundation";

/** Arcs between nodes 0 to `nodes` - 1, each with a capacity of its own. */
export interface CapacityNetwork {
  readonly nodes: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Non-negative and finite. */
  readonly capacities: Float64Array;
}

/** The answer and its proof. */
export interface Cut {
  readonly status: "optimal" | "stopped";
  /** What flows; with `optimal` also the capacity of the cut. */
  readonly value: number;
  /** 1 for each node that the source still reaches: with `optimal`, its side of a least cut. */
  readonly sourceSide: Uint8Array;
}

const WORK_PER_TICK = 4096;

/** Work is counted in arcs looked at. Sums of integers are exact. */
export function maxFlow(
  network: CapacityNetwork,
  source: number,
  sink: number,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
): Cut {
  assert(source !== sink, "a source that is not the sink");
  const residual = residualOf(network);
  const search = new LayeredSearch(residual, budget);
  let value = 0;
  while (search.layer(source, sink)) value += search.blockingFlow(source, sink);
  const status = search.isStopped ? "stopped" : "optimal";
  const sourceSide = Uint8Array.from(search.levels, (level) => (level >= 0 ? 1 : 0));
  return Object.freeze({ status, value, sourceSide });
}

/** Arcs by node; arc e and e ^ 1 are each other's reverse. */
interface Residual {
  readonly nodes: number;
  readonly heads: Int32Array;
  readonly room: Float64Array;
  readonly starts: Int32Array;
  readonly arcs: Int32Array;
}

function residualOf({ nodes, from, to, capacities }: CapacityNetwork): Residual {
  const arcCount = from.length;
  assert(
    to.length === arcCount && capacities.length === arcCount,
    `${arcCount} ends and capacities`,
  );
  const heads = new Int32Array(2 * arcCount);
  const room = new Float64Array(2 * arcCount);
  const starts = new Int32Array(nodes + 1);
  for (let arc = 0; arc < arcCount; arc += 1) {
    assert(capacities[arc] >= 0 && capacities[arc] < Number.POSITIVE_INFINITY, "a finite capacity");
    heads[2 * arc] = to[arc];
    heads[2 * arc + 1] = from[arc];
    room[2 * arc] = capacities[arc];
    starts[from[arc] + 1] += 1;
    starts[to[arc] + 1] += 1;
  }
  for (let node = 0; node < nodes; node += 1) starts[node + 1] += starts[node];
  const next = starts.slice();
  const arcs = new Int32Array(2 * arcCount);
  for (let arc = 0; arc < arcCount; arc += 1) {
    arcs[next[from[arc]]++] = 2 * arc;
    arcs[next[to[arc]]++] = 2 * arc + 1;
  }
  return { nodes, heads, room, starts, arcs };
}

class LayeredSearch {
  /** Distance from the source along arcs with room; -1 where there is no way. */
  readonly levels: Int32Array;
  isStopped = false;
  readonly #residual: Residual;
  readonly #budget: WorkBudget;
  readonly #queue: Int32Array;
  readonly #current: Int32Array;
  readonly #path: Int32Array;
  #pending = 0;

  constructor(residual: Residual, budget: WorkBudget) {
    this.#residual = residual;
    this.#budget = budget;
    this.levels = new Int32Array(residual.nodes);
    this.#queue = new Int32Array(residual.nodes);
    this.#current = new Int32Array(residual.nodes);
    this.#path = new Int32Array(residual.nodes);
  }

  /** Numbers the nodes by distance; false when the sink is out of reach, or time is up. */
  layer(source: number, sink: number): boolean {
    const { heads, room, starts, arcs } = this.#residual;
    const queue = this.#queue;
    this.levels.fill(-1);
    this.levels[source] = 0;
    queue[0] = source;
    let filled = 1;
    for (let taken = 0; taken < filled; taken += 1) {
      const node = queue[taken];
      for (let place = starts[node]; place < starts[node + 1]; place += 1) {
        const head = heads[arcs[place]];
        if (room[arcs[place]] === 0 || this.levels[head] >= 0) continue;
        this.levels[head] = this.levels[node] + 1;
        queue[filled] = head;
        filled += 1;
      }
      this.#spend(1 + starts[node + 1] - starts[node]);
    }
    return this.levels[sink] >= 0 && !this.isStopped;
  }

  /** Fills every shortest way; answers how much more flows. */
  blockingFlow(source: number, sink: number): number {
    const { heads, starts, arcs } = this.#residual;
    const current = this.#current;
    current.set(starts.subarray(0, current.length));
    let total = 0;
    let depth = 0;
    let node = source;
    while (!this.isStopped) {
      if (node === sink) {
        total += this.#augment(depth);
        depth = 0;
        node = source;
        continue;
      }
      while (current[node] < starts[node + 1] && !this.#isOpen(node, arcs[current[node]])) {
        current[node] += 1;
        this.#spend(1);
      }
      if (current[node] < starts[node + 1]) {
        this.#path[depth] = arcs[current[node]];
        node = heads[this.#path[depth]];
        depth += 1;
      } else {
        if (depth === 0) break;
        depth -= 1;
        node = heads[this.#path[depth] ^ 1];
        current[node] += 1;
      }
      this.#spend(1);
    }
    return total;
  }

  #isOpen(node: number, arc: number): boolean {
    const { heads, room } = this.#residual;
    return room[arc] > 0 && this.levels[heads[arc]] === this.levels[node] + 1;
  }

  #augment(depth: number): number {
    const { room } = this.#residual;
    let least = Number.POSITIVE_INFINITY;
    for (let step = 0; step < depth; step += 1) least = Math.min(least, room[this.#path[step]]);
    for (let step = 0; step < depth; step += 1) {
      room[this.#path[step]] -= least;
      room[this.#path[step] ^ 1] += least;
    }
    this.#spend(depth);
    return least;
  }

  #spend(work: number): void {
    this.#pending += work;
    if (this.#pending < WORK_PER_TICK || this.isStopped) return;
    this.isStopped = this.#budget.tick(this.#pending) === "stop";
    this.#pending = 0;
  }
}
