/**
 * Routing: exchanges are put in until every interaction is between coupled qubits. Of the exchanges
 * at hand the one is taken that brings the waiting interactions, and more weakly those after them,
 * nearest together (SABRE: G. Li, Y. Ding, Y. Xie, ASPLOS 2019). After control flow everything is
 * back where it was, whatever way was taken.
 */
import { assert, present, type RandomStream, unreachable } from "#foundation";
import type { CouplingMap } from "./coupling-map.ts";
import { type Dependencies, dependenciesOf } from "./dependencies.ts";
import type { Layout } from "./layout.ts";
import { type FlowStep, type PairStep, type PlainStep, type Step, stepQubits } from "./step.ts";

/** Steps on the device's qubits. */
export interface Routing {
  readonly steps: readonly Step[];
  /** Where each qubit is at the end. */
  readonly layout: Layout;
  /** The exchanges put in, in order, those inside of control flow left out. */
  readonly swaps: readonly (readonly [number, number])[];
  /** How many exchanges were put in, each in control flow counted once. */
  readonly swapCount: number;
}

/** Interactions after the waiting ones that are looked at. */
const LOOKAHEAD = 20;
/** Added to the cost of an exchange for each recent one of its qubits, so that they are spread. */
const DECAY = 0.001;
/** Costs nearer to each other than this are equal. */
const TIE = 1e-9;
/** Exchanges in vain, as a multiple of the device's diameter, before an interaction is forced. */
const PATIENCE = 4;

/** How a routing chooses. */
export interface RoutingChoice {
  /** What later interactions weigh beside the waiting ones, per interaction of each kind. */
  readonly lookaheadWeight: number;
  /** Breaks ties. */
  readonly random: RandomStream;
}

/** Routes `steps` from `layout`. */
export function routed(
  steps: readonly Step[],
  layout: Layout,
  map: CouplingMap,
  choice: RoutingChoice,
): Routing {
  const router = new Router(steps, layout, map, choice);
  router.run();
  const { out, places, swaps, swapCount } = router;
  return { steps: out, layout: places, swaps, swapCount };
}

class Router {
  readonly out: Step[] = [];
  readonly places: number[];
  readonly swaps: (readonly [number, number])[] = [];
  readonly #steps: readonly Step[];
  readonly #map: CouplingMap;
  readonly #choice: RoutingChoice;
  readonly #dependencies: Dependencies;
  readonly #waits: Uint32Array;
  readonly #holders: Int32Array;
  readonly #decay: Float64Array;
  readonly #diameter: number;
  /** Interactions that wait for nothing but nearness. */
  #front: number[] = [];
  #nestedSwapCount = 0;

  constructor(steps: readonly Step[], layout: Layout, map: CouplingMap, choice: RoutingChoice) {
    this.#steps = steps;
    this.places = [...layout];
    this.#map = map;
    this.#choice = choice;
    this.#dependencies = dependenciesOf(steps);
    this.#waits = this.#dependencies.waits.slice();
    this.#holders = new Int32Array(map.qubitCount).fill(-1);
    for (const [qubit, place] of layout.entries()) this.#holders[place] = qubit;
    this.#decay = new Float64Array(map.qubitCount).fill(1);
    this.#diameter = map.distances.reduce((most, distance) => Math.max(most, distance), 0);
  }

  get swapCount(): number {
    return this.swaps.length + this.#nestedSwapCount;
  }

  run(): void {
    this.#release([...this.#steps.keys()].filter((index) => this.#waits[index] === 0));
    let idle = 0;
    while (this.#front.length > 0) {
      if (idle > PATIENCE * this.#diameter) this.#force();
      else this.#swap(this.#bestSwap());
      idle += 1;
      const near = this.#front.filter((index) => this.#distance(index) === 1);
      if (near.length === 0) continue;
      idle = 0;
      this.#decay.fill(1);
      this.#front = this.#front.filter((index) => !near.includes(index));
      this.#release(near);
    }
  }

  /** Emits what can be done at once, and all that this sets free. */
  #release(ready: readonly number[]): void {
    const queue = [...ready];
    for (const index of queue) {
      const step = this.#steps[index];
      if (step.kind === "pair" && this.#distance(index) > 1) {
        this.#front.push(index);
        continue;
      }
      this.#emit(step);
      for (const follower of this.#dependencies.followers[index]) {
        this.#waits[follower] -= 1;
        if (this.#waits[follower] === 0) queue.push(follower);
      }
    }
  }

  #emit(step: Step): void {
    switch (step.kind) {
      case "one":
        this.out.push({ ...step, qubit: this.places[step.qubit] });
        return;
      case "pair":
        this.out.push({ ...step, qubits: this.#placed(step) });
        return;
      case "plain":
        this.out.push({ kind: "plain", operation: this.#moved(step.operation) });
        return;
      case "flow":
        this.out.push(this.#flow(step));
        return;
      default:
        unreachable(step);
    }
  }

  #moved(operation: PlainStep["operation"]): PlainStep["operation"] {
    switch (operation.kind) {
      case "measure":
      case "reset":
        return { ...operation, qubit: this.places[operation.qubit] };
      case "barrier":
        return { ...operation, qubits: operation.qubits.map((qubit) => this.places[qubit]) };
      case "assign":
        return operation;
      default:
        return unreachable(operation);
    }
  }

  #flow(step: FlowStep): FlowStep {
    const bodies = step.bodies.map((body) => {
      const inner = routed(body, this.places, this.#map, this.#choice);
      this.#nestedSwapCount += 2 * inner.swaps.length;
      this.#nestedSwapCount += inner.swapCount - inner.swaps.length;
      return [...inner.steps, ...inner.swaps.toReversed().map(exchange)];
    });
    const own = step.qubits.map((qubit) => this.places[qubit]);
    return {
      ...step,
      qubits: [...new Set([...own, ...bodies.flat().flatMap(stepQubits)])],
      bodies,
    };
  }

  #placed({ qubits }: PairStep): readonly [number, number] {
    return [this.places[qubits[0]], this.places[qubits[1]]];
  }

  #distance(index: number): number {
    const step = this.#steps[index];
    if (step.kind !== "pair") return 0;
    const [a, b] = this.#placed(step);
    return this.#map.distances[a * this.#map.qubitCount + b];
  }

  #swap([a, b]: readonly [number, number]): void {
    const [atA, atB] = [this.#holders[a], this.#holders[b]];
    this.#holders[a] = atB;
    this.#holders[b] = atA;
    if (atA !== -1) this.places[atA] = b;
    if (atB !== -1) this.places[atB] = a;
    this.#decay[a] += DECAY;
    this.#decay[b] += DECAY;
    this.swaps.push([a, b]);
    this.out.push(exchange([a, b]));
  }

  /** One step of the nearest waiting interaction towards its partner. */
  #force(): void {
    const nearest = this.#front.reduce((best, index) =>
      this.#distance(index) < this.#distance(best) ? index : best,
    );
    const step = this.#steps[nearest];
    assert(step.kind === "pair", "an interaction that waits");
    const [from, to] = this.#placed(step);
    const { distances, qubitCount, neighbours } = this.#map;
    const goal = distances[from * qubitCount + to] - 1;
    const next = neighbours[from].find((spot) => distances[spot * qubitCount + to] === goal);
    this.#swap([from, present(next, "a neighbour that is nearer")]);
  }

  #bestSwap(): readonly [number, number] {
    const front = this.#pairsOf(this.#front);
    const later = this.#pairsOf(this.#nextPairs());
    const spots = new Set(front);
    const { lookaheadWeight } = this.#choice;
    let best: (readonly [number, number])[] = [];
    let least = Number.POSITIVE_INFINITY;
    for (const edge of this.#map.edges) {
      const [a, b] = edge;
      if (!spots.has(a) && !spots.has(b)) continue;
      const sum =
        (2 * this.#total(front, a, b)) / front.length +
        (later.length === 0 ? 0 : (2 * lookaheadWeight * this.#total(later, a, b)) / later.length);
      const cost = sum * Math.max(this.#decay[a], this.#decay[b]);
      if (cost > least + TIE) continue;
      if (cost < least - TIE) best = [];
      least = Math.min(least, cost);
      best.push(edge);
    }
    return best[this.#choice.random.below(best.length)];
  }

  /** The places of the interactions `indexes`, two numbers for each. */
  #pairsOf(indexes: readonly number[]): readonly number[] {
    return indexes.flatMap((index) => {
      const step = this.#steps[index];
      return step.kind === "pair" ? this.#placed(step) : [];
    });
  }

  /** How far apart `pairs` are in all once a and b are exchanged. */
  #total(pairs: readonly number[], a: number, b: number): number {
    const { distances, qubitCount } = this.#map;
    let total = 0;
    for (let index = 0; index < pairs.length; index += 2) {
      const [first, second] = [pairs[index], pairs[index + 1]];
      const from = first === a ? b : first === b ? a : first;
      const to = second === a ? b : second === b ? a : second;
      total += distances[from * qubitCount + to];
    }
    return total;
  }

  /** The interactions that follow the waiting ones most closely. */
  #nextPairs(): readonly number[] {
    const found: number[] = [];
    const seen = new Set(this.#front);
    const queue = [...this.#front];
    for (const index of queue) {
      for (const follower of this.#dependencies.followers[index]) {
        if (seen.has(follower)) continue;
        seen.add(follower);
        queue.push(follower);
        if (this.#steps[follower].kind === "pair") found.push(follower);
        if (found.length === LOOKAHEAD) return found;
      }
    }
    return found;
  }
}

function exchange(qubits: readonly [number, number]): PairStep {
  return { kind: "pair", qubits, angle: 0, swapped: true };
}
