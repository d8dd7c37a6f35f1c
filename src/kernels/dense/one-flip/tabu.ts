/**
 * Tabu search by single flips: always the best flip there is, and no variable is turned back soon
 * after, unless that makes the best sample of the run (F. Glover, Z. Lu and J.-K. Hao, "Diversified
 * tabu search for unconstrained binary quadratic problems", 4OR 8, 2010).
 */
import type { RandomStream } from "#foundation";
import type { Effort } from "../effort.ts";
import { Resting } from "../resting.ts";
import type { OneFlipState } from "./state.ts";

/** A variable rests for a share of all, plus a few flips by chance. */
const TENURE_SHARE = 0.01;
const TENURE_CHANCE = 10;

/** Tabu runs over one state. */
export class OneFlipTabu {
  /** The best sample of the last run, and its value. */
  readonly best: Uint8Array;
  bestValue = 0;
  readonly #state: OneFlipState;
  readonly #stream: RandomStream;
  readonly #effort: Effort;
  readonly #resting: Resting;
  readonly #tenure: number;
  readonly #chance: number;

  constructor(state: OneFlipState, stream: RandomStream, effort: Effort) {
    const { size } = state;
    this.#state = state;
    this.#stream = stream;
    this.#effort = effort;
    this.best = new Uint8Array(size);
    // Together at most half of the variables, so that something is always admitted.
    this.#chance = Math.min(TENURE_CHANCE, Math.floor(size / 4));
    this.#tenure = Math.floor(Math.min(TENURE_CHANCE + TENURE_SHARE * size, size / 4));
    this.#resting = new Resting(size, this.#tenure + this.#chance);
  }

  /** Searches from the state's sample until `patience` flips in a row have made nothing better. */
  run(patience: number): void {
    const state = this.#state;
    this.#begin();
    this.bestValue = state.value;
    state.copyTo(this.best);
    let isAhead = false;
    for (let flip = 1, last = 0; flip - last <= patience; flip += 1) {
      const variable = this.#choose();
      if (isAhead && state.gains[variable] >= 0) {
        state.copyTo(this.best);
        isAhead = false;
      }
      this.#rest(variable, flip);
      state.flip(variable);
      if (state.value < this.bestValue) {
        this.bestValue = state.value;
        isAhead = true;
        last = flip;
      }
      if (!this.#effort.spend(state.size)) break;
    }
    if (isAhead) state.copyTo(this.best);
  }

  #begin(): void {
    this.#resting.clear();
    this.#state.admitAll();
    this.#state.look();
  }

  #choose(): number {
    const state = this.#state;
    if (state.value + state.leastAny < this.bestValue) return state.first();
    return state.admittedFrom(this.#stream.below(state.size));
  }

  /** Bars the variable for its tenure, and admits those whose time has come. */
  #rest(variable: number, flip: number): void {
    const state = this.#state;
    for (let due = this.#resting.take(flip); due >= 0; due = this.#resting.take(flip)) {
      state.admit(due);
    }
    const tenure = this.#tenure + (this.#chance > 0 ? this.#stream.below(this.#chance) : 0);
    // One that was turned back early is due already.
    if (tenure === 0 || state.isBarred(variable)) return;
    state.bar(variable);
    this.#resting.put(variable, flip, tenure);
  }
}
