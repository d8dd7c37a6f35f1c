/**
 * The rows of a normal form: turned so that the first bias is above 0, scaled to whole numbers
 * without a common divisor where they have a unit, and those that bound the same sum made one.
 */
import type { NormalRows } from "./normal-form.ts";
import { floorOf, unitOf } from "./row-scale.ts";

/** Collects rows; equal sums meet in one. */
export class RowCollection {
  readonly #rowOf: number[] = [];
  readonly #starts: number[] = [0];
  readonly #columns: Int32Array;
  readonly #biases: Float64Array;
  readonly #lows: number[] = [];
  readonly #highs: number[] = [];
  readonly #isWhole: number[] = [];
  /** Rows by a number that rows with the same biases share. */
  readonly #byHash = new Map<number, number[]>();
  #length = 0;

  constructor(entriesMax: number) {
    this.#columns = new Int32Array(entriesMax);
    this.#biases = new Float64Array(entriesMax);
  }

  /** Adds an entry to the row that `close` will end. */
  push(column: number, bias: number): void {
    this.#columns[this.#length] = column;
    this.#biases[this.#length] = bias;
    this.#length += 1;
  }

  /** Ends a row with low <= sum <= high; whether it can still hold. */
  close(row: number, low: number, high: number): boolean {
    const from = this.#starts[this.#starts.length - 1];
    const biases = this.#biases;
    const unit = unitOf(biases, from, this.#length);
    const isTurned = biases[from] < 0;
    const scale = (isTurned ? -1 : 1) * (unit ?? Math.abs(biases[from]));
    // Whole numbers in units of 1 are in their final form already.
    for (let entry = scale === 1 ? this.#length : from; entry < this.#length; entry += 1) {
      biases[entry] =
        unit === undefined ? biases[entry] / scale : Math.round(biases[entry] / scale);
    }
    let lowest = (isTurned ? high : low) / scale;
    let highest = (isTurned ? low : high) / scale;
    if (unit !== undefined) {
      lowest = -floorOf(-lowest);
      highest = floorOf(highest);
    }
    const twin = this.#twinOf(from);
    if (twin < 0) {
      this.#keep(row, lowest, highest, unit !== undefined);
      return lowest <= highest;
    }
    this.#length = from;
    this.#lows[twin] = Math.max(this.#lows[twin], lowest);
    this.#highs[twin] = Math.min(this.#highs[twin], highest);
    return this.#lows[twin] <= this.#highs[twin];
  }

  /** The rows; the collection is spent. */
  finish(): NormalRows {
    return {
      count: this.#rowOf.length,
      rowOf: Int32Array.from(this.#rowOf),
      starts: Int32Array.from(this.#starts),
      columns: this.#columns.subarray(0, this.#length),
      biases: this.#biases.subarray(0, this.#length),
      lows: Float64Array.from(this.#lows),
      highs: Float64Array.from(this.#highs),
      isWhole: Uint8Array.from(this.#isWhole),
    };
  }

  #keep(row: number, low: number, high: number, isWhole: boolean): void {
    this.#rowOf.push(row);
    this.#starts.push(this.#length);
    this.#lows.push(low);
    this.#highs.push(high);
    this.#isWhole.push(isWhole ? 1 : 0);
  }

  /** The row with the same biases as the one being ended, which is remembered; -1 for none. */
  #twinOf(from: number): number {
    let hash = this.#length - from;
    for (let entry = from; entry < this.#length; entry += 1) {
      hash = (Math.imul(hash, 0x9e3779b1) ^ this.#columns[entry]) | 0;
      hash = (Math.imul(hash, 0x85ebca6b) ^ Math.round(this.#biases[entry] * 1024)) | 0;
    }
    const rows = this.#byHash.get(hash);
    if (rows === undefined) {
      this.#byHash.set(hash, [this.#rowOf.length]);
      return -1;
    }
    const twin = rows.find((one) => this.#isSame(one, from));
    if (twin === undefined) rows.push(this.#rowOf.length);
    return twin ?? -1;
  }

  #isSame(row: number, from: number): boolean {
    const start = this.#starts[row];
    const length = this.#length - from;
    if (this.#starts[row + 1] - start !== length) return false;
    for (let at = 0; at < length; at += 1) {
      if (this.#columns[start + at] !== this.#columns[from + at]) return false;
      if (this.#biases[start + at] !== this.#biases[from + at]) return false;
    }
    return true;
  }
}
