/**
 * The moves of a search: one variable's change with what makes up for it; an exchange that keeps a
 * row's count; and two exchanges at once that keep two families of rows, which is what swapping two
 * items between two agents consists of.
 */
import { VARTYPE } from "#problem";
import type { Draws } from "./draws.ts";
import type { Fixes } from "./fixes.ts";
import type { RowState } from "./state.ts";

/** Shares of moves, chosen once for all families of problems. */
const ALONE_IN_HOME = 0.12;
const ALONE_ELSEWHERE = 0.5;
const TWO_PAIRS = 0.4;
/** Of changes, those that are made up for; and of exchanges that break something else. */
const CHAINED = 0.4;
const EJECTED = 0.1;
/** Of changes that break something, those made up for in a row they may not have broken. */
const OFFSET = 0.3;
/** Changes that may make up for a first, and variables looked at for each. */
const DEPTH = 2;
const LOOKS = 3;
/** Members looked at for the fourth change of two pairs. */
const PAIR_LOOKS_MAX = 48;

/** Draws moves for a state. */
export class Moves {
  readonly #state: RowState;
  readonly #draws: Draws;
  readonly #fixes: Fixes;

  constructor(state: RowState, draws: Draws, fixes: Fixes) {
    this.#state = state;
    this.#draws = draws;
    this.#fixes = fixes;
  }

  /** Opens a move that changes `variable`; what it adds to the merit. */
  open(variable: number): number {
    const { layout, members, values } = this.#state;
    if (layout.problem.vartypes[variable] !== VARTYPE.binary) {
      return this.#change(variable, this.#stepOf(variable));
    }
    const step = 1 - 2 * values[variable];
    const home = members.home[variable];
    if (home >= 0 && !this.#draws.happens(ALONE_IN_HOME)) return this.#exchange(variable, home);
    if (home < 0 && !this.#draws.happens(ALONE_ELSEWHERE)) return this.#exchangeInAny(variable);
    return this.#change(variable, step);
  }

  /** One change, now and then with what makes up for it. */
  #change(variable: number, step: number): number {
    const state = this.#state;
    state.step(variable, step);
    if (!this.#draws.happens(CHAINED)) return state.change;
    if (state.worstRow < 0 || this.#draws.happens(OFFSET)) this.#fixes.offset(variable, step);
    return this.#fixes.chain(DEPTH, LOOKS);
  }

  #exchangeInAny(variable: number): number {
    const { starts, rows } = this.#state.layout.touches;
    const start = starts[variable];
    const count = starts[variable + 1] - start;
    if (count === 0) return this.#change(variable, 1 - 2 * this.#state.values[variable]);
    return this.#exchange(variable, rows[start + this.#draws.below(count)]);
  }

  /** A variable's other value, and the opposite change of another member of the row. */
  #exchange(variable: number, row: number): number {
    const state = this.#state;
    const { members } = state;
    const opposite = 1 - state.values[variable];
    const step = 2 * opposite - 1;
    const change = state.step(variable, step);
    const count = members.countOf(row, opposite);
    if (count === 0) return change;
    const partner = members.member(row, opposite, this.#draws.below(count));
    if (!state.isFree(partner)) return change;
    state.step(partner, -step);
    if (members.home[variable] !== row) return state.change;
    if (this.#draws.happens(TWO_PAIRS)) {
      if (step > 0) this.#secondPair(variable, partner, row);
      else this.#secondPair(partner, variable, row);
    } else if (state.worstRow >= 0 && this.#draws.happens(EJECTED)) {
      this.#fixes.chain(DEPTH, LOOKS);
    }
    return state.change;
  }

  /**
   * Where `into` becomes 1 and `out` 0, another row of `into` gains what another row of `out`
   * loses: the same is done the other way round by two members of another row.
   */
  #secondPair(into: number, out: number, row: number): void {
    const state = this.#state;
    const { members } = state;
    const gains = this.#otherRow(into, row);
    const loses = this.#otherRow(out, row);
    if (gains < 0 || loses < 0 || gains === loses) return;
    const count = members.countOf(gains, 1);
    if (count === 0) return;
    const leaver = members.member(gains, 1, this.#draws.below(count));
    const home = members.home[leaver];
    if (home < 0 || home === row || home === gains || home === loses) return;
    const size = members.countOf(home, 0);
    if (size === 0) return;
    const from = this.#draws.below(size);
    for (let look = 0; look < Math.min(size, PAIR_LOOKS_MAX); look += 1) {
      const comer = members.member(home, 0, (from + look) % size);
      if (!this.#isIn(comer, loses) || comer === into || comer === out) continue;
      if (!state.isFree(comer) || !state.isFree(leaver)) return;
      state.step(leaver, -1);
      state.step(comer, 1);
      return;
    }
  }

  /** The first row with members of a variable that is not `row`; -1 if there is none. */
  #otherRow(variable: number, row: number): number {
    const { layout, members } = this.#state;
    const { starts, rows } = layout.touches;
    for (let touch = starts[variable]; touch < starts[variable + 1]; touch += 1) {
      const other = rows[touch];
      if (other !== row && members.isSorted[other] === 1) return other;
    }
    return -1;
  }

  #isIn(variable: number, row: number): boolean {
    const { starts, rows } = this.#state.layout.touches;
    for (let touch = starts[variable]; touch < starts[variable + 1]; touch += 1) {
      if (rows[touch] === row) return true;
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
    const isUp = down === 0 || (up > 0 && this.#draws.below(2) === 0);
    const room = isUp ? up : down;
    let size = 1;
    while (size < room && this.#draws.below(3) === 0) size *= 2;
    return isUp ? Math.min(size, room) : -Math.min(size, room);
  }
}
