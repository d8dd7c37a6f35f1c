/**
 * What a broken hard row weighs while searching: at first about what breaking it can gain, then
 * whatever makes the search break it now and then. Weights that forbid leave a search no way
 * through; weights that do not hurt leave it outside (strategic oscillation, F. Glover, 1977).
 */
import { COMPARISON } from "#problem";
import { firstRowWeights } from "../quadratic-layout.ts";
import type { RowState } from "./state.ts";

const GROWTH = 1.06;
const DECAY = 0.995;
const FLOOR_SHARE = 0.25;
/** Of its first weight, what a row weighs where nothing is to be gained by breaking it. */
const STIFF = 1000;

/** The weights of the hard rows of a state. */
export class RowWeights {
  readonly #state: RowState;
  readonly #first: Float64Array;
  /** As annealing has them; what a repair adds to them is its own. */
  readonly #usual: Float64Array;
  readonly #raised: Float64Array;

  constructor(state: RowState) {
    this.#state = state;
    this.#first = firstRowWeights(state.layout);
    this.#usual = this.#first.slice();
    this.#raised = this.#first.slice();
    this.restore();
  }

  /**
   * Rows that are broken gain weight, the others lose a little, down to a share of their first.
   * Equations lose none: moves keep them, and one that is broken for good helps no other.
   */
  adapt(): void {
    const state = this.#state;
    const { comparisons } = state.layout.problem.constraints;
    for (let row = 0; row < this.#usual.length; row += 1) {
      if (state.isHard[row] === 0) continue;
      const isHeld = state.broken.holdsAt(row, state.excess[row]);
      if (isHeld && comparisons[row] === COMPARISON.equal) continue;
      const floor = this.#first[row] * FLOOR_SHARE;
      this.#usual[row] = Math.max(this.#usual[row] * (isHeld ? DECAY : GROWTH), floor);
      state.setWeight(row, this.#usual[row]);
    }
    state.work += this.#usual.length;
  }

  /** Lets every row that is broken now weigh more, by its first weight. */
  raise(): void {
    const { broken } = this.#state;
    for (let index = 0; index < broken.count; index += 1) {
      const row = broken.at(index);
      this.#raised[row] += this.#first[row];
      this.#state.setWeight(row, this.#raised[row]);
    }
    this.#state.work += broken.count;
  }

  /** Lets every row weigh more than breaking it can gain. */
  stiffen(): void {
    for (let row = 0; row < this.#first.length; row += 1) {
      if (this.#state.isHard[row] === 1) this.#state.setWeight(row, STIFF * this.#first[row]);
    }
    this.#state.work += this.#first.length;
  }

  /** Goes back to the weights of annealing. */
  restore(): void {
    for (let row = 0; row < this.#usual.length; row += 1) {
      if (this.#state.isHard[row] === 0) continue;
      this.#raised[row] = this.#usual[row];
      this.#state.setWeight(row, this.#usual[row]);
    }
  }
}
