/**
 * Tabu search by exchanges: always the best exchange of a selected item for another, and neither of
 * the two goes back soon (Q. Wu and J.-K. Hao, "A hybrid metaheuristic method for the maximum
 * diversity problem", European Journal of Operational Research 231, 2013).
 */
import type { RandomStream } from "#foundation";
import type { Effort } from "../effort.ts";
import { Resting } from "../resting.ts";
import type { PairSelection } from "./instance.ts";
import type { SelectionWorths } from "./state.ts";

/**
 * Moves that an item rests for outside and inside, at most, and as a share of the fewer of those
 * selected and those not: where few are exchanged, long rests bar what the best is made of.
 */
const OUTSIDE_REST_MAX = 15;
const OUTSIDE_REST_SHARE = 0.2;
const INSIDE_REST_MAX = 7;
const INSIDE_REST_SHARE = 0.1;
/** Of those on one side, at most half rest at any time: a rest may last twice as long. */
const RESTING_SHARE = 0.25;

/** Tabu runs over one state. */
export class SelectionTabu {
  /** The best selection of the last run, and its profit. */
  readonly best: Uint8Array;
  bestProfit = 0;
  readonly #state: SelectionWorths;
  readonly #stream: RandomStream;
  readonly #effort: Effort;
  readonly #resting: Resting;
  readonly #outsideRest: number;
  readonly #insideRest: number;
  /** The least profit of a pair: no exchange gains more than the worths differ by, less this. */
  readonly #pairMin: number;
  /** Those that the best exchange can be made of. */
  readonly #leavers: Int32Array;
  readonly #comers: Int32Array;
  #leaver = -1;
  #comer = -1;
  /** Pairs looked at for the last choice. */
  #pairCount = 0;

  constructor(state: SelectionWorths, stream: RandomStream, effort: Effort) {
    const { size, count } = state.instance;
    this.#state = state;
    this.#stream = stream;
    this.#effort = effort;
    this.best = new Uint8Array(size);
    const fewer = Math.min(count, size - count);
    const restOf = (restMax: number, share: number, there: number) =>
      Math.min(restMax, Math.ceil(share * fewer), Math.floor(RESTING_SHARE * there));
    this.#outsideRest = restOf(OUTSIDE_REST_MAX, OUTSIDE_REST_SHARE, size - count);
    this.#insideRest = restOf(INSIDE_REST_MAX, INSIDE_REST_SHARE, count);
    this.#resting = new Resting(size, 2 * Math.max(this.#outsideRest, this.#insideRest));
    this.#leavers = new Int32Array(count);
    this.#comers = new Int32Array(size - count);
    this.#pairMin = leastPair(state.instance);
  }

  /** Searches from the state's selection until `patience` exchanges have made nothing better. */
  run(patience: number): void {
    const state = this.#state;
    this.#resting.clear();
    this.bestProfit = state.profit;
    state.copyTo(this.best);
    let isAhead = false;
    for (let move = 1, last = 0; move - last <= patience; move += 1) {
      const gain = this.#choose();
      if (isAhead && gain <= 0) {
        state.copyTo(this.best);
        isAhead = false;
      }
      this.#exchange(move);
      if (state.profit > this.bestProfit) {
        this.bestProfit = state.profit;
        isAhead = true;
        last = move;
      }
      if (!this.#effort.spend(2 * state.instance.size + this.#pairCount)) break;
    }
    if (isAhead) state.copyTo(this.best);
  }

  #exchange(move: number): void {
    const state = this.#state;
    for (let due = this.#resting.take(move); due >= 0; due = this.#resting.take(move)) {
      state.admit(due);
    }
    const [leaver, comer] = [this.#leaver, this.#comer];
    state.exchange(leaver, comer, this.#outsideRest > 0, this.#insideRest > 0);
    this.#rest(leaver, move, this.#outsideRest);
    this.#rest(comer, move, this.#insideRest);
  }

  #rest(item: number, move: number, rest: number): void {
    if (rest > 0) this.#resting.put(item, move, rest + this.#stream.below(rest + 1));
  }

  /** Finds the best exchange there is, any of equal ones; what it gains. */
  #choose(): number {
    const state = this.#state;
    const { worths } = state;
    const [leaverCount, comerCount] = this.#gather();
    this.#pairCount = leaverCount * comerCount;
    let best = Number.NEGATIVE_INFINITY;
    let ties = 0;
    for (let a = 0; a < leaverCount; a += 1) {
      const leaver = this.#leavers[a];
      for (let b = 0; b < comerCount; b += 1) {
        const comer = this.#comers[b];
        const apart = worths[comer] - worths[leaver];
        if (apart - this.#pairMin < best) continue;
        const gain = apart - state.pairProfit(leaver, comer);
        if (gain < best) continue;
        ties = gain > best ? 1 : ties + 1;
        best = gain;
        if (ties > 1 && this.#stream.below(ties) > 0) continue;
        this.#leaver = leaver;
        this.#comer = comer;
      }
    }
    return best;
  }

  /**
   * Collects the items that may leave and those that may come of which a pair can be better than
   * the one of the least worth out and the greatest worth in; how many of each.
   */
  #gather(): readonly [leavers: number, comers: number] {
    const state = this.#state;
    const { size, count } = state.instance;
    const { items, worths, leastLeaving, greatestComing } = state;
    let [leaver, comer] = [-1, -1];
    for (let at = 0; at < count && leaver < 0; at += 1) {
      const item = items[at];
      if (worths[item] === leastLeaving && state.mayLeave(item)) leaver = item;
    }
    for (let at = count; at < size && comer < 0; at += 1) {
      const item = items[at];
      if (worths[item] === greatestComing && state.mayCome(item)) comer = item;
    }
    const slack = state.pairProfit(leaver, comer) - this.#pairMin;
    let [leavers, comers] = [0, 0];
    for (let at = 0; at < count; at += 1) {
      const item = items[at];
      if (worths[item] <= leastLeaving + slack && state.mayLeave(item)) {
        this.#leavers[leavers++] = item;
      }
    }
    for (let at = count; at < size; at += 1) {
      const item = items[at];
      if (worths[item] >= greatestComing - slack && state.mayCome(item)) {
        this.#comers[comers++] = item;
      }
    }
    return [leavers, comers];
  }
}

/** The least profit of a pair; infinite of a single item. */
function leastPair({ size, profits }: PairSelection): number {
  let least = Number.POSITIVE_INFINITY;
  for (let one = 0; one < size; one += 1) {
    for (let at = one * size; at < one * size + one; at += 1) least = Math.min(least, profits[at]);
  }
  return least;
}
