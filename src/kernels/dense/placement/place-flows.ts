/**
 * Search for the cheapest placement: robust tabu search from placements that are combined of two
 * good ones - what both agree on, and the rest from either (U. Benlic and J.-K. Hao, "Memetic
 * search for the quadratic assignment problem", Expert Systems with Applications 42, 2015).
 */
import { assert, type RandomStream, shuffle, type WorkBudget, workBudget } from "#foundation";
import type { AnswerExchange } from "../../answer-exchange.ts";
import { Effort } from "../effort.ts";
import { Elite, type SamplePair } from "../elite.ts";
import { assertFlowPlacement, type FlowPlacement, isPlacement } from "./instance.ts";
import { PlacementGains } from "./state.ts";
import { PlacementTabu } from "./tabu.ts";

/** The elite keeps locations as bytes. */
const FACILITIES_MAX = 256;
const ELITE_MAX = 8;
/** Random placements tried for each place among the elite. */
const TRIES_EACH = 3;
/** Exchanges without anything better that end a tabu run, for each facility. */
const PATIENCE_EACH = 50;

/** Relative to all terms, what costs that are no integers may be off by. */
const ROUNDING = 1e-12;

/**
 * Minimises until the budget ends; deterministic in instance, stream and tick replies. Answers the
 * location of each facility. Work is counted in entries of the matrices. At most `FACILITIES_MAX`.
 */
export function placeFlows(
  instance: FlowPlacement,
  stream: RandomStream,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
  { start, onBetter }: AnswerExchange<Int32Array> = {},
): Int32Array {
  assertFlowPlacement(instance);
  const { size } = instance;
  assert(size <= FACILITIES_MAX, `size: expected at most ${FACILITIES_MAX}, got ${size}`);
  const identity = Int32Array.from({ length: size }, (_, facility) => facility);
  if (size < 2) return identity;
  const search = new PlacementSearch(instance, stream, new Effort(budget), onBetter);
  const isGiven = start !== undefined && isPlacement(instance, start);
  search.improveFrom(isGiven ? start : identity);
  while (search.round());
  return search.best;
}

class PlacementSearch {
  best: Int32Array;
  #bestCost = Number.POSITIVE_INFINITY;
  readonly #state: PlacementGains;
  readonly #tabu: PlacementTabu;
  readonly #elite = new Elite(ELITE_MAX);
  readonly #stream: RandomStream;
  readonly #effort: Effort;
  readonly #onBetter: AnswerExchange<Int32Array>["onBetter"];

  constructor(
    instance: FlowPlacement,
    stream: RandomStream,
    effort: Effort,
    onBetter: AnswerExchange<Int32Array>["onBetter"],
  ) {
    this.#state = new PlacementGains(instance);
    this.#tabu = new PlacementTabu(this.#state, stream, effort, marginOf(instance));
    this.#stream = stream;
    this.#effort = effort;
    this.#onBetter = onBetter;
    this.best = this.#state.locationOf.slice();
  }

  /** Fills the elite, and combines pairs in it. False once the run has to end. */
  round(): boolean {
    this.#elite.reduce();
    for (let tried = 0; tried < TRIES_EACH * ELITE_MAX && !this.#elite.isFull; tried += 1) {
      const drawn = this.best.slice();
      shuffle(drawn, this.#stream);
      if (!this.improveFrom(drawn)) return false;
    }
    let pair = this.#elite.takePair(this.#stream);
    for (; pair !== undefined; pair = this.#elite.takePair(this.#stream)) {
      if (!this.improveFrom(this.#combined(pair))) return false;
    }
    return true;
  }

  /** A tabu run from `locationOf`, whose best is offered to the elite. False once it has to end. */
  improveFrom(locationOf: Int32Array): boolean {
    const tabu = this.#tabu;
    const { size } = this.#state;
    this.#state.moveTo(locationOf);
    this.#effort.spend(size * size * size);
    tabu.run(PATIENCE_EACH * size);
    if (tabu.bestCost < this.#bestCost) {
      this.#bestCost = tabu.bestCost;
      this.best = tabu.best.slice();
      this.#onBetter?.(this.best.slice());
    }
    this.#elite.add({ values: Uint8Array.from(tabu.best), value: tabu.bestCost });
    return !this.#effort.isOver;
  }

  /** Each facility where both have it, or where one has it; the rest where there is room. */
  #combined([one, other]: SamplePair): Int32Array {
    const { size } = this.#state;
    const locationOf = new Int32Array(size).fill(-1);
    const isTaken = new Uint8Array(size);
    const order = Int32Array.from({ length: size }, (_, facility) => facility);
    shuffle(order, this.#stream);
    const place = (facility: number, location: number) => {
      if (locationOf[facility] >= 0 || isTaken[location] === 1) return;
      locationOf[facility] = location;
      isTaken[location] = 1;
    };
    for (const facility of order) {
      if (one.values[facility] === other.values[facility]) place(facility, one.values[facility]);
    }
    for (const facility of order) {
      place(facility, (this.#stream.below(2) === 0 ? one : other).values[facility]);
    }
    let next = 0;
    for (const location of shuffledLocations(size, this.#stream)) {
      if (isTaken[location] === 1) continue;
      while (locationOf[order[next]] >= 0) next += 1;
      locationOf[order[next]] = location;
    }
    return locationOf;
  }
}

function shuffledLocations(size: number, stream: RandomStream): Int32Array {
  const locations = Int32Array.from({ length: size }, (_, location) => location);
  shuffle(locations, stream);
  return locations;
}

function marginOf({ costs, terms }: FlowPlacement): number {
  let magnitude = costs.reduce((sum, cost) => sum + Math.abs(cost), 0);
  for (const { flows, distances } of terms) {
    const flow = flows.reduce((sum, one) => sum + Math.abs(one), 0);
    magnitude += flow * distances.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  }
  return ROUNDING * magnitude;
}
