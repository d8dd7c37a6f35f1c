/**
 * A growing list of terms and the way from it to rows. Terms arrive in any order and any number of
 * times; rows come out sorted, each place once, zeros left out. Sorting is by counting (radix, last
 * key first): linear in terms and rows, and stable, so that equal places are added up in the order
 * they arrived and the sums are the same on every run.
 */
import { Fault } from "#foundation";
import { modelFaults } from "./faults.ts";
import { sharedFloat64, sharedInt32 } from "./shared-arrays.ts";

/** Terms a problem may have: sixteen bytes each while it is made, twelve afterwards. */
const TERMS_MAX = 2 ** 26;

/** Rows of sorted terms; row r has entries `starts[r]` up to but excluding `starts[r + 1]`. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly firsts: Int32Array;
  /** Second index of each term; empty when the list has one index per term besides its row. */
  readonly seconds: Int32Array;
  readonly biases: Float64Array;
}

/** Terms `bias` at (row, first) or at (row, first, second). */
export class TermList {
  length = 0;
  readonly #withSeconds: boolean;
  #rows = new Int32Array(16);
  #firsts = new Int32Array(16);
  #seconds: Int32Array<ArrayBuffer>;
  #biases = new Float64Array(16);

  constructor(shape: "pairs" | "triples") {
    this.#withSeconds = shape === "triples";
    this.#seconds = new Int32Array(this.#withSeconds ? 16 : 0);
  }

  /** Adds one term; `second` counts for triples alone. */
  push(row: number, first: number, second: number, bias: number): void {
    if (this.length === this.#rows.length) this.#grow();
    this.#rows[this.length] = row;
    this.#firsts[this.length] = first;
    if (this.#withSeconds) this.#seconds[this.length] = second;
    this.#biases[this.length] = bias;
    this.length += 1;
  }

  /** Takes out every term for which `fold` answers true; the rest keep their order. */
  extract(fold: (row: number, first: number, second: number, bias: number) => boolean): void {
    let kept = 0;
    for (let index = 0; index < this.length; index += 1) {
      const row = this.#rows[index];
      const first = this.#firsts[index];
      const second = this.#withSeconds ? this.#seconds[index] : 0;
      const bias = this.#biases[index];
      if (fold(row, first, second, bias)) continue;
      this.#rows[kept] = row;
      this.#firsts[kept] = first;
      if (this.#withSeconds) this.#seconds[kept] = second;
      this.#biases[kept] = bias;
      kept += 1;
    }
    this.length = kept;
  }

  /** The terms as rows 0 to `rowCount` - 1, of indices below `indexCount`. */
  toRows(rowCount: number, indexCount: number): SparseRows {
    let order: Int32Array | undefined;
    if (this.#withSeconds) order = this.#orderBy(this.#seconds, indexCount, order);
    order = this.#orderBy(this.#firsts, indexCount, order);
    order = this.#orderBy(this.#rows, rowCount, order);
    return this.#merge(order, rowCount);
  }

  /** Positions sorted by `keys`, equal keys as they were in `order`. */
  #orderBy(keys: Int32Array, keyCount: number, order: Int32Array | undefined): Int32Array {
    const ends = new Int32Array(keyCount + 1);
    for (let index = 0; index < this.length; index += 1) ends[keys[index] + 1] += 1;
    for (let key = 0; key < keyCount; key += 1) ends[key + 1] += ends[key];
    const sorted = new Int32Array(this.length);
    for (let rank = 0; rank < this.length; rank += 1) {
      const index = order === undefined ? rank : order[rank];
      sorted[ends[keys[index]]++] = index;
    }
    return sorted;
  }

  #merge(order: Int32Array, rowCount: number): SparseRows {
    const starts = sharedInt32(rowCount + 1);
    const firsts = sharedInt32(this.length);
    const seconds = sharedInt32(this.#withSeconds ? this.length : 0);
    const biases = sharedFloat64(this.length);
    let count = 0;
    for (let rank = 0; rank < order.length; ) {
      const place = order[rank];
      let sum = 0;
      for (; rank < order.length && this.#samePlace(order[rank], place); rank += 1) {
        sum += this.#biases[order[rank]];
      }
      if (sum === 0) continue;
      firsts[count] = this.#firsts[place];
      if (this.#withSeconds) seconds[count] = this.#seconds[place];
      biases[count] = sum;
      starts[this.#rows[place] + 1] += 1;
      count += 1;
    }
    for (let row = 0; row < rowCount; row += 1) starts[row + 1] += starts[row];
    return {
      starts,
      firsts: firsts.subarray(0, count),
      seconds: seconds.subarray(0, this.#withSeconds ? count : 0),
      biases: biases.subarray(0, count),
    };
  }

  #samePlace(a: number, b: number): boolean {
    return (
      this.#rows[a] === this.#rows[b] &&
      this.#firsts[a] === this.#firsts[b] &&
      (!this.#withSeconds || this.#seconds[a] === this.#seconds[b])
    );
  }

  #grow(): void {
    const capacity = this.length * 2;
    if (capacity > TERMS_MAX) {
      const detail = `terms: expected at most ${TERMS_MAX}, got more`;
      throw new Fault(modelFaults.tooLarge, { detail });
    }
    this.#rows = grown(this.#rows, capacity);
    this.#firsts = grown(this.#firsts, capacity);
    if (this.#withSeconds) this.#seconds = grown(this.#seconds, capacity);
    const biases = new Float64Array(capacity);
    biases.set(this.#biases);
    this.#biases = biases;
  }
}

function grown(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(capacity);
  copy.set(array);
  return copy;
}
