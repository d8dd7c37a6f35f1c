/**
 * The variables of each row over binaries alone, kept apart by value, so that a pair of opposite
 * values - what a move that keeps the row's count consists of - is found at once.
 */
import { COMPARISON, HARD, SHAPE, VARTYPE } from "#problem";
import type { QuadraticLayout } from "../quadratic-layout.ts";

/** Members of hard linear rows over binary variables, those of value 1 first. */
export class Members {
  /** 1 for rows that have members here. */
  readonly isSorted: Uint8Array;
  /** 1 for those whose biases are all positive. */
  readonly isRising: Uint8Array;
  /** The first equation over unit biases that a variable is in: its moves keep it; -1 if none. */
  readonly home: Int32Array;
  readonly #layout: QuadraticLayout;
  /** As in the problem: row r has places `starts[r]` up to but excluding `starts[r + 1]`. */
  readonly #starts: Int32Array;
  readonly #members: Int32Array;
  /** How many members of each row are 1. */
  readonly #ones: Int32Array;
  /** Where each touch stands in `#members`, and back. */
  readonly #places: Int32Array;
  readonly #touchAt: Int32Array;

  constructor(layout: QuadraticLayout) {
    const { constraints: rows, vartypes } = layout.problem;
    const { touches, variableCount } = layout;
    this.#layout = layout;
    this.#starts = rows.starts;
    this.#members = new Int32Array(rows.columns.length);
    this.#ones = new Int32Array(rows.count);
    this.#places = new Int32Array(touches.rows.length);
    this.#touchAt = new Int32Array(rows.columns.length);
    this.isSorted = Uint8Array.from(rows.weights, (weight, row) => {
      const columns = rows.columns.subarray(rows.starts[row], rows.starts[row + 1]);
      const isLinear = rows.pairStarts[row] === rows.pairStarts[row + 1];
      const isBinary = columns.every((column) => vartypes[column] === VARTYPE.binary);
      return weight === HARD && isLinear && isBinary ? 1 : 0;
    });
    this.isRising = this.isSorted.map((isSorted, row) => {
      const biases = rows.biases.subarray(rows.starts[row], rows.starts[row + 1]);
      return isSorted === 1 && biases.every((bias) => bias > 0) ? 1 : 0;
    });
    this.home = new Int32Array(variableCount).fill(-1);
    const ends = rows.starts.slice();
    for (let variable = 0; variable < variableCount; variable += 1) {
      for (let touch = touches.starts[variable]; touch < touches.starts[variable + 1]; touch += 1) {
        const row = touches.rows[touch];
        if (this.isSorted[row] === 0) continue;
        this.#members[ends[row]] = variable;
        this.#touchAt[ends[row]] = touch;
        this.#places[touch] = ends[row];
        ends[row] += 1;
        const isKept =
          rows.shapes[row] !== SHAPE.general && rows.comparisons[row] === COMPARISON.equal;
        if (isKept && this.home[variable] < 0) this.home[variable] = row;
      }
    }
  }

  /** Sorts every row for `values`. */
  load(values: Int32Array): void {
    this.#ones.fill(0);
    for (let variable = 0; variable < values.length; variable += 1) {
      if (values[variable] === 1) this.moved(variable, 1);
    }
  }

  /** Notes that a binary variable has become `value`. */
  moved(variable: number, value: number): void {
    const { starts, rows } = this.#layout.touches;
    const end = starts[variable + 1];
    for (let touch = starts[variable]; touch < end; touch += 1) {
      const row = rows[touch];
      if (this.isSorted[row] === 0) continue;
      const edge = this.#starts[row] + this.#ones[row] - (value === 1 ? 0 : 1);
      this.#exchange(this.#places[touch], edge);
      this.#ones[row] += value === 1 ? 1 : -1;
    }
  }

  /** Member number `index` of those that are `value`. */
  member(row: number, value: number, index: number): number {
    return this.#members[this.#starts[row] + (value === 1 ? 0 : this.#ones[row]) + index];
  }

  /** How many members are `value`; none where a row has no members here. */
  countOf(row: number, value: number): number {
    if (this.isSorted[row] === 0) return 0;
    const ones = this.#ones[row];
    return value === 1 ? ones : this.#starts[row + 1] - this.#starts[row] - ones;
  }

  #exchange(first: number, second: number): void {
    const touch = this.#touchAt[first];
    const other = this.#touchAt[second];
    const member = this.#members[first];
    this.#members[first] = this.#members[second];
    this.#members[second] = member;
    this.#touchAt[first] = other;
    this.#touchAt[second] = touch;
    this.#places[other] = first;
    this.#places[touch] = second;
  }
}
