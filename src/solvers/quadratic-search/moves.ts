/**
 * The moves of a search: one variable's change; a pair of changes that keeps a row; and two pairs
 * at once that keep two families of rows, which is what an exchange in a permutation or between two
 * agents consists of.
 */
import type { RandomStream } from "#foundation";
import { VARTYPE } from "#problem";
import type { QuadraticState } from "./state.ts";

/** Shares of moves, chosen once for all families of problems. */
const ALONE_IN_FIXED = 0.12;
const ALONE_IN_GROUP = 0.5;
const TWO_PAIRS = 0.4;
const COMPENSATED = 0.4;
/** Members looked at for the fourth change of two pairs. */
const LOOKS_MAX = 48;

/** Draws moves for a state. */
export class MoveChooser {
  readonly #state: QuadraticState;
  readonly #random: RandomStream;

  constructor(state: QuadraticState, random: RandomStream) {
    this.#state = state;
    this.#random = random;
  }

  /** Puts a move that changes `variable` into the state. */
  choose(variable: number): void {
    const { layout, groups, values } = this.#state;
    const vartype = layout.problem.vartypes[variable];
    if (vartype !== VARTYPE.binary) {
      this.#change(variable, this.#stepOf(variable));
      return;
    }
    const step = 1 - 2 * values[variable];
    const draw = this.#random.unit();
    const fixed = groups.fixed[variable];
    if (fixed >= 0 && draw >= ALONE_IN_FIXED) this.#exchange(variable, step, fixed);
    else if (fixed < 0 && draw >= ALONE_IN_GROUP) this.#exchangeInAny(variable, step);
    else this.#change(variable, step);
  }

  /** One change, now and then with one that makes up for it in a row. */
  #change(variable: number, step: number): void {
    const state = this.#state;
    state.first(variable, step);
    const { starts } = state.layout.touches;
    const touchCount = starts[variable + 1] - starts[variable];
    if (touchCount === 0 || this.#random.unit() >= COMPENSATED) return;
    const touch = starts[variable] + this.#random.below(touchCount);
    this.#compensate(variable, step * state.layout.touches.biases[touch], touch);
  }

  /** Adds the change of another variable of the row that takes `change` back as far as it can. */
  #compensate(variable: number, change: number, touch: number): void {
    const { layout, values } = this.#state;
    const { constraints: rows, vartypes } = layout.problem;
    const row = layout.touches.rows[touch];
    const start = rows.starts[row];
    const count = rows.starts[row + 1] - start;
    if (count < 2) return;
    const entry = start + this.#random.below(count);
    const other = rows.columns[entry];
    if (other === variable || rows.biases[entry] === 0) return;
    const wanted = values[other] - change / rows.biases[entry];
    const inside = Math.min(Math.max(wanted, layout.lower[other]), layout.upper[other]);
    const isSpin = vartypes[other] === VARTYPE.spin;
    const value = isSpin ? (inside > 0 ? 1 : -1) : Math.round(inside);
    if (value !== values[other]) this.#state.also(other, value - values[other]);
  }

  #exchangeInAny(variable: number, step: number): void {
    const { groups } = this.#state;
    const start = groups.groupStarts[variable];
    const count = groups.groupStarts[variable + 1] - start;
    if (count === 0) this.#change(variable, step);
    else this.#exchange(variable, step, groups.groupsOf[start + this.#random.below(count)]);
  }

  /** The change, and the opposite one of another member of the group. */
  #exchange(variable: number, step: number, group: number): void {
    const state = this.#state;
    const { groups } = state;
    state.first(variable, step);
    const opposite = step > 0 ? 1 : 0;
    const count = groups.countOf(group, opposite);
    if (count === 0) return;
    const partner = groups.member(group, opposite, this.#random.below(count));
    if (!state.isFree(partner)) return;
    state.also(partner, -step);
    if (groups.fixed[variable] !== group || this.#random.unit() >= TWO_PAIRS) return;
    if (step > 0) this.#secondPair(variable, partner, group);
    else this.#secondPair(partner, variable, group);
  }

  /**
   * Where `into` becomes 1 and `out` 0, another row of `into` gains what another row of `out`
   * loses: the same is done the other way round by two members of another group.
   */
  #secondPair(into: number, out: number, group: number): void {
    const state = this.#state;
    const { groups } = state;
    const gains = this.#otherGroup(into, group);
    const loses = this.#otherGroup(out, group);
    if (gains < 0 || loses < 0 || gains === loses) return;
    const count = groups.countOf(gains, 1);
    if (count === 0) return;
    const leaver = groups.member(gains, 1, this.#random.below(count));
    const home = groups.fixed[leaver];
    if (home < 0 || home === group || home === gains || home === loses) return;
    const size = groups.countOf(home, 0);
    if (size === 0) return;
    const from = this.#random.below(size);
    for (let look = 0; look < Math.min(size, LOOKS_MAX); look += 1) {
      const comer = groups.member(home, 0, (from + look) % size);
      if (!this.#isIn(comer, loses) || comer === into || comer === out) continue;
      if (!state.isFree(comer) || !state.isFree(leaver)) return;
      state.also(leaver, -1);
      state.also(comer, 1);
      return;
    }
  }

  /** The first group of a variable that is not `group`; -1 if there is none. */
  #otherGroup(variable: number, group: number): number {
    const { groupStarts, groupsOf } = this.#state.groups;
    for (let entry = groupStarts[variable]; entry < groupStarts[variable + 1]; entry += 1) {
      if (groupsOf[entry] !== group) return groupsOf[entry];
    }
    return -1;
  }

  #isIn(variable: number, group: number): boolean {
    const { groupStarts, groupsOf } = this.#state.groups;
    for (let entry = groupStarts[variable]; entry < groupStarts[variable + 1]; entry += 1) {
      if (groupsOf[entry] === group) return true;
    }
    return false;
  }

  /** A spin turns; an integer goes a step of any size, small ones most often. */
  #stepOf(variable: number): number {
    const { layout, values } = this.#state;
    const value = values[variable];
    if (layout.problem.vartypes[variable] === VARTYPE.spin) return -2 * value;
    const up = layout.upper[variable] - value;
    const down = value - layout.lower[variable];
    const isUp = down === 0 || (up > 0 && this.#random.below(2) === 0);
    const room = isUp ? up : down;
    let size = 1;
    while (size < room && this.#random.below(3) === 0) size *= 2;
    return isUp ? Math.min(size, room) : -Math.min(size, room);
  }
}
