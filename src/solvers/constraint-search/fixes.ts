/**
 * What mends a row: of some of its variables the one whose move to where the row holds, or as near
 * to it as its bounds allow, costs least. Where that breaks another row, that one is next: a chain
 * of ejections (F. Glover, Discrete Applied Mathematics 65, 1996).
 */
import { VARTYPE } from "#problem";
import type { Draws } from "./draws.ts";
import type { RowState } from "./state.ts";

/** Finds fixes for a state. */
export class Fixes {
  readonly #state: RowState;
  readonly #draws: Draws;

  constructor(state: RowState, draws: Draws) {
    this.#state = state;
    this.#draws = draws;
  }

  /**
   * Adds to the open move what mends a row it broke, and then what mends what that broke, up to
   * `depth` times, looking at up to `looks` variables each time. Answers what all of it adds to the
   * merit.
   */
  chain(depth: number, looks: number): number {
    const state = this.#state;
    for (let link = 0; link < depth; link += 1) {
      const row = state.openRow();
      if (row < 0 || !this.mend(row, looks)) break;
    }
    return state.change;
  }

  /** Adds the best fix of a broken row to the open move, of up to `looks`; false if none. */
  mend(row: number, looks: number): boolean {
    return this.#balance(row, -this.#state.excess[row], looks);
  }

  /** Adds what takes back what a variable's step did to one of its rows, by any other variable. */
  offset(variable: number, step: number): void {
    const { starts, rows, biases } = this.#state.layout.touches;
    const count = starts[variable + 1] - starts[variable];
    if (count === 0) return;
    const touch = starts[variable] + this.#draws.below(count);
    this.#balance(rows[touch], -step * biases[touch], 1);
  }

  /** Adds the step of one variable that changes a row's left side by about `wanted`, or further. */
  #balance(row: number, wanted: number, looks: number): boolean {
    const state = this.#state;
    const { members } = state;
    const isRising = members.isRising[row] === 1;
    const { starts, columns, biases } = state.layout.problem.constraints;
    const start = starts[row];
    const value = wanted < 0 ? 1 : 0;
    const count = isRising ? members.countOf(row, value) : starts[row + 1] - start;
    const isAll = count <= looks;
    const length = state.length;
    let best = Number.POSITIVE_INFINITY;
    let [chosen, chosenStep] = [-1, 0];
    for (let look = 0; look < Math.min(count, looks); look += 1) {
      const at = isAll ? look : this.#draws.below(count);
      const variable = isRising ? members.member(row, value, at) : columns[start + at];
      const bias = isRising ? 1 : biases[start + at];
      const step = state.isMoved(variable) ? 0 : this.#stepFor(variable, wanted / bias);
      if (step === 0) continue;
      const merit = state.step(variable, step);
      state.undo(length);
      if (merit >= best) continue;
      best = merit;
      chosen = variable;
      chosenStep = step;
    }
    if (chosen < 0) return false;
    state.step(chosen, chosenStep);
    return true;
  }

  /** The step of a variable that is wanted, or the next greater one, as far as bounds allow. */
  #stepFor(variable: number, wanted: number): number {
    const { layout, values } = this.#state;
    const value = values[variable];
    if (layout.problem.vartypes[variable] === VARTYPE.spin) {
      return value * wanted < 0 && this.#state.isFree(variable) ? -2 * value : 0;
    }
    const whole = wanted > 0 ? Math.ceil(wanted) : Math.floor(wanted);
    const target = Math.min(
      Math.max(value + whole, layout.lower[variable]),
      layout.upper[variable],
    );
    return target - value;
  }
}
