/**
 * A feasible packing, improved by adding items and by exchanging one for a more profitable one, and
 * shaken where the linear relaxation was undecided.
 */
import type { RandomStream } from "#foundation";
import type { MultiKnapsack } from "./instance.ts";

/** How many items the linear relaxation decided least firmly are shaken, and how many at a time. */
const CORE_MIN = 25;
const CORE_SHARE = 0.35;
const DROPS_MAX = 4;

/** One packing. */
export class Packing {
  readonly packed: Uint8Array;
  profit = 0;
  /** Entries looked at so far. */
  work = 0;
  private readonly problem: MultiKnapsack;
  private readonly room: Float64Array;
  private readonly barred: Uint8Array;
  private readonly byProfit: Int32Array;
  private readonly byDensity: Int32Array;
  private readonly core: Int32Array;

  /** `prices` per row and `reducedCosts` per item are those of the linear relaxation. */
  constructor(problem: MultiKnapsack, prices: Float64Array) {
    const { items, rows, profits, weights } = problem;
    this.problem = problem;
    this.packed = new Uint8Array(items);
    this.barred = new Uint8Array(items);
    this.room = problem.capacities.slice();
    const priced = profits.map((_, item) => {
      let sum = Number.MIN_VALUE;
      for (let row = 0; row < rows; row += 1) sum += prices[row] * weights[row * items + item];
      return sum;
    });
    const density = profits.map((profit, item) => profit / priced[item]);
    const doubt = profits.map((profit, item) => Math.abs(profit - priced[item]));
    const all = Int32Array.from({ length: items }, (_, item) => item);
    this.byProfit = all.slice().sort((one, other) => profits[other] - profits[one] || one - other);
    this.byDensity = all.slice().sort((one, other) => density[other] - density[one] || one - other);
    const coreSize = Math.max(CORE_MIN, Math.ceil(items * CORE_SHARE));
    this.core = all.sort((one, other) => doubt[one] - doubt[other] || one - other);
    this.core = this.core.subarray(0, coreSize);
  }

  /** Replaces the packing by `packed`, which has to fit. */
  load(packed: Uint8Array): void {
    this.packed.fill(0);
    this.room.set(this.problem.capacities);
    this.profit = 0;
    for (let item = 0; item < packed.length; item += 1) if (packed[item] === 1) this.toggle(item);
  }

  /** Adds and exchanges until neither improves. */
  improve(): void {
    do this.fillUp();
    while (this.exchangeBest());
  }

  /** Takes out a few items of the core and fills up without them. */
  shake(stream: RandomStream): void {
    const drops = 1 + stream.below(DROPS_MAX);
    for (let turn = 0; turn < drops * 4; turn += 1) {
      const item = this.core[stream.below(this.core.length)];
      if (this.packed[item] === 0 || this.barred[item] === 1) continue;
      this.toggle(item);
      this.barred[item] = 1;
    }
    this.fillUp();
    this.barred.fill(0);
  }

  private toggle(item: number): void {
    const { items, rows, profits, weights } = this.problem;
    const sign = this.packed[item] === 1 ? -1 : 1;
    this.packed[item] ^= 1;
    this.profit += sign * profits[item];
    for (let row = 0; row < rows; row += 1) this.room[row] -= sign * weights[row * items + item];
    this.work += rows;
  }

  private fillUp(): void {
    const { profits, rows, items } = this.problem;
    for (const item of this.byDensity) {
      if (this.packed[item] === 1 || this.barred[item] === 1 || profits[item] <= 0) continue;
      if (this.fits(item, -1)) this.toggle(item);
    }
    this.work += rows * items;
  }

  /** Whether `item` fits once `out` (-1: nothing) is taken out. */
  private fits(item: number, out: number): boolean {
    const { items, rows, weights } = this.problem;
    for (let row = 0; row < rows; row += 1) {
      const start = row * items;
      const freed = out < 0 ? 0 : weights[start + out];
      if (weights[start + item] > this.room[row] + freed) return false;
    }
    return true;
  }

  private exchangeBest(): boolean {
    const { items, profits } = this.problem;
    let gainMax = 1e-9 * Math.max(1, this.profit);
    let out = -1;
    let into = -1;
    for (let item = 0; item < items; item += 1) {
      if (this.packed[item] === 0) continue;
      for (const other of this.byProfit) {
        const gain = profits[other] - profits[item];
        if (gain <= gainMax) break;
        this.work += 1;
        if (this.packed[other] === 1 || !this.fits(other, item)) continue;
        gainMax = gain;
        out = item;
        into = other;
        break;
      }
    }
    if (out < 0) return false;
    this.toggle(out);
    this.toggle(into);
    return true;
  }
}
