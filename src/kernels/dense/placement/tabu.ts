/**
 * Robust tabu search over placements: always the best exchange of two facilities, and none that
 * brings both back to where they were not long ago, for a time that varies by chance (E. Taillard,
 * Parallel Computing 17, 1991).
 */
import { type RandomStream, shuffle } from "#foundation";
import type { Effort } from "../effort.ts";
import type { PlacementGains } from "./state.ts";

/** How long a facility does not return to a location, for each facility there is. */
const REST_MIN = 0.9;
const REST_MAX = 1.1;

/** Tabu runs over one state. */
export class PlacementTabu {
  /** The best placement of the last run, and its cost. */
  readonly best: Int32Array;
  bestCost = 0;
  readonly #state: PlacementGains;
  readonly #stream: RandomStream;
  readonly #effort: Effort;
  readonly #margin: number;
  /** Until when each facility does not go to each location. */
  readonly #until: Float64Array;
  #move = 0;
  #one = 0;
  #other = 1;

  /** What is worth less than `margin` is rounding. */
  constructor(state: PlacementGains, stream: RandomStream, effort: Effort, margin: number) {
    this.#state = state;
    this.#stream = stream;
    this.#effort = effort;
    this.#margin = margin;
    this.best = new Int32Array(state.size);
    this.#until = new Float64Array(state.size * state.size);
  }

  /** Searches from the state's placement until `patience` exchanges have made nothing better. */
  run(patience: number): void {
    const state = this.#state;
    const { size, width } = state;
    this.#begin();
    let last = this.#move;
    while (this.#move - last < patience) {
      this.#move += 1;
      this.#choose();
      this.#exchange();
      if (state.cost < this.bestCost - this.#margin) {
        this.bestCost = state.cost;
        this.best.set(state.locationOf);
        last = this.#move;
      }
      if (!this.#effort.spend(2 * size * width)) break;
    }
  }

  #begin(): void {
    const state = this.#state;
    this.bestCost = state.cost;
    this.best.set(state.locationOf);
    this.#until.fill(0);
    this.#move = 0;
    const { size, width, rests } = state;
    rests.fill(Number.POSITIVE_INFINITY);
    for (let one = 0; one < size; one += 1)
      rests.fill(0, one * width + one + 1, one * width + size);
  }

  /** The best exchange that is not barred, or one that makes the best placement of the run. */
  #choose(): void {
    const state = this.#state;
    const { least, size } = state;
    state.look(this.#move);
    let [admitted, any, admittedRow, anyRow] = [Infinity, Infinity, -1, -1];
    const from = this.#stream.below(size);
    for (let turn = 0; turn < size; turn += 1) {
      const row = from + turn < size ? from + turn : from + turn - size;
      const inRow = Math.min(least[4 * row], least[4 * row + 1]);
      const anyInRow = Math.min(least[4 * row + 2], least[4 * row + 3]);
      if (inRow < admitted) {
        admitted = inRow;
        admittedRow = row;
      }
      if (anyInRow < any) {
        any = anyInRow;
        anyRow = row;
      }
    }
    if (state.cost + any < this.bestCost - this.#margin) this.#take(anyRow, any, Infinity);
    else if (admittedRow >= 0) this.#take(admittedRow, admitted, this.#move);
    else this.#takeAny();
  }

  /** Takes an exchange of `one` that gains `gain` and rests no longer than until `restMax`. */
  #take(one: number, gain: number, restMax: number): void {
    const { gains, rests, width, size } = this.#state;
    const row = one * width;
    this.#one = one;
    this.#other = one + 1;
    const span = size - one - 1;
    const from = this.#stream.below(span);
    for (let turn = 0; turn < span; turn += 1) {
      const other = one + 1 + (from + turn < span ? from + turn : from + turn - span);
      if (gains[row + other] !== gain || rests[row + other] > restMax) continue;
      this.#other = other;
      return;
    }
  }

  /** Where all are barred. */
  #takeAny(): void {
    const pair = Int32Array.from({ length: this.#state.size }, (_, facility) => facility);
    shuffle(pair, this.#stream);
    this.#one = Math.min(pair[0], pair[1]);
    this.#other = Math.max(pair[0], pair[1]);
  }

  #exchange(): void {
    const state = this.#state;
    const { locationOf, size } = state;
    const [one, other] = [this.#one, this.#other];
    const until = this.#until;
    until[one * size + locationOf[one]] = this.#move + this.#rest();
    until[other * size + locationOf[other]] = this.#move + this.#rest();
    state.exchange(one, other);
    for (let facility = 0; facility < size; facility += 1) {
      this.#restPair(facility, one);
      this.#restPair(facility, other);
    }
  }

  #rest(): number {
    const { size } = this.#state;
    const least = Math.floor(REST_MIN * size);
    return least + this.#stream.below(Math.ceil(REST_MAX * size) - least + 1);
  }

  #restPair(one: number, other: number): void {
    if (one === other) return;
    const { locationOf, size, width, rests } = this.#state;
    const there = this.#until[one * size + locationOf[other]];
    const back = this.#until[other * size + locationOf[one]];
    const at = one < other ? one * width + other : other * width + one;
    rests[at] = there < back ? there : back;
  }
}
