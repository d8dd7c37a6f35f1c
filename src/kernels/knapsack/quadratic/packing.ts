/**
 * A packing that is improved by adding items and by exchanging a packed one for another, and shaken
 * when neither helps: the source of good answers early, on which the proof depends.
 */
import type { RandomStream } from "#foundation";
import type { QuadraticKnapsack } from "./instance.ts";

/** A packing that never exceeds the capacity. */
export class Packing {
  readonly packed: Uint8Array;
  profit = 0;
  /** Entries looked at since the caller last set it to 0. */
  work = 0;
  private readonly problem: QuadraticKnapsack;
  /** Own profit plus pair profits with packed items, for every item. */
  private readonly gains: Float64Array;
  private readonly barred: Uint8Array;
  private room = 0;

  constructor(problem: QuadraticKnapsack) {
    this.problem = problem;
    this.packed = new Uint8Array(problem.size);
    this.gains = new Float64Array(problem.size);
    this.barred = new Uint8Array(problem.size);
    this.clear();
  }

  /** Whether the packing is an answer: always, unless an exact count is asked for and not met. */
  get isComplete(): boolean {
    return !this.problem.isExact || this.room === 0;
  }

  /** Empties the knapsack. */
  clear(): void {
    const { size, profits, capacity } = this.problem;
    this.packed.fill(0);
    for (let item = 0; item < size; item += 1) this.gains[item] = profits[item * size + item];
    this.room = capacity;
    this.profit = 0;
  }

  /** Replaces the packing by `packed`, which has to fit. */
  load(packed: Uint8Array): void {
    this.clear();
    for (let item = 0; item < packed.length; item += 1) if (packed[item] === 1) this.toggle(item);
  }

  /** Packs an item or takes it out. */
  toggle(item: number): void {
    const { size, profits, weights } = this.problem;
    const sign = this.packed[item] === 1 ? -1 : 1;
    this.packed[item] ^= 1;
    this.profit += sign * this.gains[item];
    this.room -= sign * weights[item];
    const row = item * size;
    for (let other = 0; other < size; other += 1) {
      if (other !== item) this.gains[other] += sign * profits[row + other];
    }
    this.work += size;
  }

  /** Packs items in the order given as long as they fit. */
  packInOrder(order: Int32Array): void {
    const { weights } = this.problem;
    for (const item of order) {
      if (this.packed[item] === 0 && weights[item] <= this.room) this.toggle(item);
    }
  }

  /** Adds and exchanges until neither improves. */
  improve(): void {
    do this.fillUp();
    while (this.exchangeBest());
  }

  /** Takes out `count` random items and fills up without them, then with them. */
  shake(stream: RandomStream, count: number): void {
    const { size } = this.problem;
    this.barred.fill(0);
    const inside: number[] = [];
    for (let item = 0; item < size; item += 1) if (this.packed[item] === 1) inside.push(item);
    for (let turn = 0; turn < count && inside.length > 0; turn += 1) {
      const at = stream.below(inside.length);
      const item = inside[at];
      inside[at] = inside[inside.length - 1];
      inside.pop();
      this.toggle(item);
      this.barred[item] = 1;
    }
    this.fillUp();
    this.barred.fill(0);
  }

  /** Adds the item with the most gain per weight until none fits or helps. */
  private fillUp(): void {
    const { size, weights, isExact } = this.problem;
    for (;;) {
      let best = -1;
      let densityMax = Number.NEGATIVE_INFINITY;
      for (let item = 0; item < size; item += 1) {
        if (this.packed[item] === 1 || this.barred[item] === 1) continue;
        if (weights[item] > this.room || (!isExact && this.gains[item] <= 0)) continue;
        const density = this.gains[item] / Math.max(weights[item], Number.MIN_VALUE);
        if (density <= densityMax) continue;
        densityMax = density;
        best = item;
      }
      this.work += size;
      if (best < 0) return;
      this.toggle(best);
    }
  }

  /** Makes the best exchange of a packed for another item, or takes one out if that is better. */
  private exchangeBest(): boolean {
    const { size, profits, weights, isExact } = this.problem;
    const tolerance = 1e-9 * Math.max(1, Math.abs(this.profit));
    let gainMax = tolerance;
    let out = -1;
    let into = -1;
    for (let item = 0; item < size; item += 1) {
      if (this.packed[item] === 0) continue;
      const left = this.room + weights[item];
      const loss = this.gains[item];
      if (!isExact && -loss > gainMax) {
        gainMax = -loss;
        out = item;
        into = -1;
      }
      const row = item * size;
      for (let other = 0; other < size; other += 1) {
        if (this.packed[other] === 1 || weights[other] > left) continue;
        const gain = this.gains[other] - loss - profits[row + other];
        if (gain <= gainMax) continue;
        gainMax = gain;
        out = item;
        into = other;
      }
      this.work += size;
    }
    if (out < 0) return false;
    this.toggle(out);
    if (into >= 0) this.toggle(into);
    return true;
  }
}
