/**
 * A selection of k items out of n with a profit for each pair, and what each item is worth to it:
 * its own profit and those with the items selected. An exchange brings all of it up to date in one
 * pass over two rows of the matrix.
 */
import { BARRED, denseLanesOf, ENTRIES_STEP } from "../lanes.ts";
import { arrayBytes, type DenseKernel, DenseMemory } from "../module.ts";
import type { PairSelection } from "./instance.ts";

/** For the arrays of a few numbers. */
const SMALL_BYTES = 256;

/** Selection, profit and worths, which always belong together. */
export class SelectionWorths {
  readonly instance: PairSelection;
  /** The items, those selected first, and where each stands among them. */
  readonly items: Int32Array;
  readonly #places: Int32Array;
  readonly worths: Float64Array;
  profit = 0;
  /** Length of a row: the size rounded up. */
  readonly #width: number;
  readonly #matrix: Float64Array;
  /** 0 for what may leave the selection, or come into it, and infinite for all else. */
  readonly #leavers: Float64Array;
  readonly #comers: Float64Array;
  readonly #extremes: Float64Array;
  readonly #exchange: DenseKernel;

  /** Selects the first items. */
  constructor(instance: PairSelection) {
    const { size } = instance;
    const width = Math.max(1, Math.ceil(size / ENTRIES_STEP)) * ENTRIES_STEP;
    const bytes = arrayBytes(8 * width * (size + 1)) + 3 * arrayBytes(8 * width) + SMALL_BYTES;
    const memory = new DenseMemory("double", bytes);
    this.instance = instance;
    this.#width = width;
    this.#matrix = memory.doubles(width * (size + 1));
    this.worths = memory.doubles(width);
    this.#leavers = memory.doubles(width).fill(BARRED.double);
    this.#comers = memory.doubles(width).fill(BARRED.double);
    this.#extremes = memory.doubles(2 * denseLanesOf("double").count);
    this.#exchange = memory.kernel("exchange");
    this.items = Int32Array.from({ length: size }, (_, item) => item);
    this.#places = this.items.slice();
    for (let item = 0; item < size; item += 1) {
      const row = instance.profits.subarray(item * size, (item + 1) * size);
      this.#matrix.set(row, item * width);
      this.#matrix[item * width + item] = 0;
    }
    this.#addUp();
    this.admitAll();
  }

  /** The least worth of a selected item that may leave; infinite if none may. */
  get leastLeaving(): number {
    return Math.min(this.#extremes[0], this.#extremes[1]);
  }

  /** The greatest worth of an item that may come; minus infinity if none may. */
  get greatestComing(): number {
    return -Math.min(this.#extremes[2], this.#extremes[3]);
  }

  /** Whether an item is selected. */
  isSelected(item: number): boolean {
    return this.#places[item] < this.instance.count;
  }

  /** Whether a selected item may leave. */
  mayLeave(item: number): boolean {
    return this.#leavers[item] === 0;
  }

  /** Whether an item that is not selected may come. */
  mayCome(item: number): boolean {
    return this.#comers[item] === 0;
  }

  /** The profit of a pair. */
  pairProfit(one: number, other: number): number {
    return this.#matrix[one * this.#width + other];
  }

  /** Takes `leaver` out and `comer` in, and says whether each is barred from going back. */
  exchange(leaver: number, comer: number, isLeaverBarred: boolean, isComerBarred: boolean): void {
    this.profit += this.worths[comer] - this.worths[leaver] - this.pairProfit(comer, leaver);
    this.#leavers[leaver] = BARRED.double;
    this.#comers[leaver] = isLeaverBarred ? BARRED.double : 0;
    this.#comers[comer] = BARRED.double;
    this.#leavers[comer] = isComerBarred ? BARRED.double : 0;
    const from = this.#places[leaver];
    const to = this.#places[comer];
    this.items[from] = comer;
    this.items[to] = leaver;
    this.#places[comer] = from;
    this.#places[leaver] = to;
    this.#pass(comer, leaver);
  }

  /** Takes a bar back, from the next exchange on. */
  admit(item: number): void {
    (this.isSelected(item) ? this.#leavers : this.#comers)[item] = 0;
  }

  /** Takes all bars back. */
  admitAll(): void {
    const { size } = this.instance;
    for (let item = 0; item < size; item += 1) {
      this.#leavers[item] = this.isSelected(item) ? 0 : BARRED.double;
      this.#comers[item] = this.isSelected(item) ? BARRED.double : 0;
    }
    this.#pass(size, size);
  }

  /** Selects what is 1 in `selected`, of which there are as many as the count, and admits all. */
  moveTo(selected: Uint8Array): void {
    let [front, back] = [0, this.instance.count];
    for (let item = 0; item < selected.length; item += 1) {
      const place = selected[item] === 1 ? front++ : back++;
      this.items[place] = item;
      this.#places[item] = place;
    }
    this.#addUp();
    this.admitAll();
  }

  /** Writes the selection to `selected`. */
  copyTo(selected: Uint8Array): void {
    selected.fill(0);
    for (let place = 0; place < this.instance.count; place += 1) selected[this.items[place]] = 1;
  }

  /** Profit and worths from the selection and the instance alone. */
  #addUp(): void {
    const { size, count, profits } = this.instance;
    const { worths, items } = this;
    let profit = 0;
    for (let item = 0; item < size; item += 1) worths[item] = profits[item * size + item];
    for (let place = 0; place < count; place += 1) {
      const selected = items[place];
      profit += worths[selected];
      const row = selected * this.#width;
      for (let item = 0; item < size; item += 1) worths[item] += this.#matrix[row + item];
    }
    this.profit = profit;
  }

  #pass(comer: number, leaver: number): void {
    const { worths } = this;
    const rowBytes = 8 * this.#width;
    this.#exchange(
      this.#matrix.byteOffset + comer * rowBytes,
      this.#matrix.byteOffset + leaver * rowBytes,
      worths.byteOffset,
      this.#leavers.byteOffset,
      this.#comers.byteOffset,
      worths.byteOffset + worths.byteLength,
      this.#extremes.byteOffset,
    );
  }
}
