/**
 * Search for the best k of n items with pairwise profits: tabu search by exchanges from selections
 * that are combined of two good ones - what both select, and the rest by chance from what either
 * does (Q. Wu and J.-K. Hao, European Journal of Operational Research 231, 2013).
 */
import { type RandomStream, shuffle, type WorkBudget, workBudget } from "#foundation";
import type { AnswerExchange } from "../../answer-exchange.ts";
import { Effort } from "../effort.ts";
import { Elite, type SamplePair } from "../elite.ts";
import { assertPairSelection, isSelection, type PairSelection } from "./instance.ts";
import { SelectionWorths } from "./state.ts";
import { SelectionTabu } from "./tabu.ts";

/** The elite has so many in the first round, and two more in each that follows, up to the most. */
const ELITE_FIRST = 4;
const ELITE_STEP = 2;
const ELITE_MAX = 10;
/** Random selections tried for each place among the elite. */
const TRIES_EACH = 3;
/**
 * Exchanges without anything better that end a tabu run, for each item: twice as many in each
 * round, so that small problems are done soon and large ones get what they need.
 */
const PATIENCE_FIRST = 0.5;
const PATIENCE_LAST = 4;
const PATIENCE_MIN = 30;

/**
 * Maximises until the budget ends; deterministic in instance, stream and tick replies. Answers 1
 * for selected items. Work is counted in entries of the matrix.
 */
export function selectPairs(
  instance: PairSelection,
  stream: RandomStream,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
  { start, onBetter }: AnswerExchange<Uint8Array> = {},
): Uint8Array {
  assertPairSelection(instance);
  const { size, count } = instance;
  if (count === 0 || count === size) return new Uint8Array(size).fill(count === 0 ? 0 : 1);
  const search = new PairSelectionSearch(instance, stream, new Effort(budget), onBetter);
  const isGiven = start !== undefined && isSelection(instance, start);
  search.improveFrom(isGiven ? start : firstOf(instance));
  while (search.round());
  return search.best;
}

class PairSelectionSearch {
  best: Uint8Array;
  #rounds = 0;
  #patience: number;
  #bestProfit = Number.NEGATIVE_INFINITY;
  readonly #state: SelectionWorths;
  readonly #tabu: SelectionTabu;
  readonly #elite = new Elite(ELITE_FIRST);
  readonly #stream: RandomStream;
  readonly #effort: Effort;
  readonly #onBetter: AnswerExchange<Uint8Array>["onBetter"];

  constructor(
    instance: PairSelection,
    stream: RandomStream,
    effort: Effort,
    onBetter: AnswerExchange<Uint8Array>["onBetter"],
  ) {
    this.#state = new SelectionWorths(instance);
    this.#tabu = new SelectionTabu(this.#state, stream, effort);
    this.#stream = stream;
    this.#effort = effort;
    this.#onBetter = onBetter;
    this.best = firstOf(instance);
    this.#patience = PATIENCE_FIRST * instance.size;
  }

  /** Fills the elite, and combines all pairs in it. False once the run has to end. */
  round(): boolean {
    this.#elite.reduce(Math.min(ELITE_MAX, ELITE_FIRST + ELITE_STEP * this.#rounds));
    const { size, count } = this.#state.instance;
    const items = Int32Array.from({ length: size }, (_, item) => item);
    for (let tried = 0; tried < TRIES_EACH * ELITE_MAX && !this.#elite.isFull; tried += 1) {
      shuffle(items, this.#stream);
      const drawn = new Uint8Array(size);
      for (let place = 0; place < count; place += 1) drawn[items[place]] = 1;
      if (!this.improveFrom(drawn)) return false;
    }
    let pair = this.#elite.takePair(this.#stream);
    for (; pair !== undefined; pair = this.#elite.takePair(this.#stream)) {
      if (!this.improveFrom(this.#combined(pair))) return false;
    }
    this.#rounds += 1;
    this.#patience = Math.min(2 * this.#patience, PATIENCE_LAST * size);
    return true;
  }

  /** A tabu run from `selected`, whose best is offered to the elite. False once it has to end. */
  improveFrom(selected: Uint8Array): boolean {
    const tabu = this.#tabu;
    const { size, count } = this.#state.instance;
    this.#state.moveTo(selected);
    this.#effort.spend(size * count);
    tabu.run(Math.max(PATIENCE_MIN, this.#patience));
    const found = tabu.best.slice();
    if (tabu.bestProfit > this.#bestProfit) {
      this.#bestProfit = tabu.bestProfit;
      this.best = found;
      this.#onBetter?.(found.slice());
    }
    this.#elite.add({ values: found, value: -tabu.bestProfit });
    return !this.#effort.isOver;
  }

  /** What both select, and some of what one of them does. */
  #combined([one, other]: SamplePair): Uint8Array {
    const selected = new Uint8Array(one.values.length);
    const either: number[] = [];
    let open = this.#state.instance.count;
    for (let item = 0; item < selected.length; item += 1) {
      if (one.values[item] + other.values[item] === 2) {
        selected[item] = 1;
        open -= 1;
      } else if (one.values[item] !== other.values[item]) either.push(item);
    }
    shuffle(either, this.#stream);
    for (const item of either.slice(0, open)) selected[item] = 1;
    return selected;
  }
}

function firstOf({ size, count }: PairSelection): Uint8Array {
  return new Uint8Array(size).fill(1, 0, count);
}
