/**
 * Groups: the hard linear rows over binary variables alone, each with its members kept apart by
 * value, so that a pair of opposite values - what a move that keeps the row's count consists of -
 * is found at once.
 */
import { COMPARISON, HARD, SHAPE, VARTYPE } from "#problem";
import type { QuadraticLayout } from "../quadratic-layout.ts";

/** Members of each group, those of value 1 first. Group g is the row `rows[g]`. */
export class Groups {
  readonly rows: Int32Array;
  /** Group g has members `starts[g]` up to but excluding `starts[g + 1]`. */
  readonly starts: Int32Array;
  readonly members: Int32Array;
  /** How many members of each group are 1. */
  readonly ones: Int32Array;
  /** Groups of variable i: entries `groupStarts[i]` up to but excluding `groupStarts[i + 1]`. */
  readonly groupStarts: Int32Array;
  readonly groupsOf: Int32Array;
  /** Group whose count a variable's move keeps first: an equation over unit biases; -1 if none. */
  readonly fixed: Int32Array;
  /** Where each entry of `groupsOf` stands in `members`, and back. */
  readonly #places: Int32Array;
  readonly #entryAt: Int32Array;

  constructor({ problem, variableCount }: QuadraticLayout) {
    const { constraints, vartypes } = problem;
    const isGroup = (row: number) =>
      constraints.weights[row] === HARD &&
      constraints.pairStarts[row] === constraints.pairStarts[row + 1] &&
      constraints.columns
        .subarray(constraints.starts[row], constraints.starts[row + 1])
        .every((column) => vartypes[column] === VARTYPE.binary);
    const rows = Int32Array.from({ length: constraints.count }, (_, row) => row).filter(isGroup);
    const size = (row: number) => constraints.starts[row + 1] - constraints.starts[row];
    this.rows = rows;
    this.starts = new Int32Array(rows.length + 1);
    rows.forEach((row, group) => {
      this.starts[group + 1] = this.starts[group] + size(row);
    });
    this.members = new Int32Array(this.starts[rows.length]);
    this.ones = new Int32Array(rows.length);
    this.groupStarts = new Int32Array(variableCount + 1);
    this.groupsOf = new Int32Array(this.members.length);
    this.fixed = new Int32Array(variableCount).fill(-1);
    this.#places = new Int32Array(this.members.length);
    this.#entryAt = new Int32Array(this.members.length);
    rows.forEach((row, group) => {
      const columns = constraints.columns.subarray(
        constraints.starts[row],
        constraints.starts[row + 1],
      );
      this.members.set(columns, this.starts[group]);
      const isFixed =
        constraints.shapes[row] !== SHAPE.general &&
        constraints.comparisons[row] === COMPARISON.equal;
      for (const column of columns) {
        this.groupStarts[column + 1] += 1;
        if (isFixed && this.fixed[column] < 0) this.fixed[column] = group;
      }
    });
    this.#link(variableCount);
  }

  #link(variableCount: number): void {
    const { groupStarts, starts } = this;
    for (let variable = 0; variable < variableCount; variable += 1) {
      groupStarts[variable + 1] += groupStarts[variable];
    }
    const next = groupStarts.slice();
    for (let group = 0; group < this.rows.length; group += 1) {
      for (let place = starts[group]; place < starts[group + 1]; place += 1) {
        const entry = next[this.members[place]]++;
        this.groupsOf[entry] = group;
        this.#places[entry] = place;
        this.#entryAt[place] = entry;
      }
    }
  }

  /** Sorts every group for `values`. */
  load(values: Int32Array): void {
    this.ones.fill(0);
    for (let variable = 0; variable < values.length; variable += 1) {
      if (values[variable] === 1) this.moved(variable, 1);
    }
  }

  /** Notes that a binary variable has become `value`. */
  moved(variable: number, value: number): void {
    for (
      let entry = this.groupStarts[variable];
      entry < this.groupStarts[variable + 1];
      entry += 1
    ) {
      const group = this.groupsOf[entry];
      const edge = this.starts[group] + this.ones[group] - (value === 1 ? 0 : 1);
      this.#exchange(this.#places[entry], edge);
      this.ones[group] += value === 1 ? 1 : -1;
    }
  }

  /** Member number `index` of those that are `value`. */
  member(group: number, value: number, index: number): number {
    return this.members[this.starts[group] + (value === 1 ? 0 : this.ones[group]) + index];
  }

  /** How many members are `value`. */
  countOf(group: number, value: number): number {
    const { ones } = this;
    return value === 1 ? ones[group] : this.starts[group + 1] - this.starts[group] - ones[group];
  }

  #exchange(first: number, second: number): void {
    const entry = this.#entryAt[first];
    const other = this.#entryAt[second];
    const member = this.members[first];
    this.members[first] = this.members[second];
    this.members[second] = member;
    this.#entryAt[first] = other;
    this.#entryAt[second] = entry;
    this.#places[other] = first;
    this.#places[entry] = second;
  }
}
