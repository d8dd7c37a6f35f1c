/**
 * Where the search stands: which items are packed, which are still free, and what each free item
 * adds to what is packed. Steps are taken back in reverse order.
 */
import type { QuadraticKnapsack } from "./instance.ts";

/** The state of one path from the root. */
export class Node {
  readonly problem: QuadraticKnapsack;
  /** The free items in free[0, freeCount), in any order. */
  readonly free: Int32Array;
  freeCount: number;
  /** Own profit plus pair profits with packed items, for free items. */
  readonly gains: Float64Array;
  readonly packed: Uint8Array;
  room: number;
  profit = 0;
  private readonly place: Int32Array;
  private readonly trail: Int32Array;
  /** Decisions taken so far; `undoTo` goes back to an earlier count. */
  depth = 0;

  constructor(problem: QuadraticKnapsack) {
    const { size, profits, capacity } = problem;
    this.problem = problem;
    this.free = Int32Array.from({ length: size }, (_, item) => item);
    this.place = this.free.slice();
    this.freeCount = size;
    this.gains = Float64Array.from({ length: size }, (_, item) => profits[item * size + item]);
    this.packed = new Uint8Array(size);
    this.trail = new Int32Array(size);
    this.room = capacity;
  }

  /** Whether there is room for `item`. */
  fits(item: number): boolean {
    return this.problem.weights[item] <= this.room;
  }

  /** Whether what is packed is an answer: always, unless an exact count is not met. */
  get isComplete(): boolean {
    return !this.problem.isExact || this.room === 0;
  }

  /** Whether `item` is neither packed nor dropped. */
  isFree(item: number): boolean {
    return this.place[item] < this.freeCount;
  }

  /** Packs a free item for the rest of this path. */
  pack(item: number): void {
    this.drop(item);
    this.packed[item] = 1;
    this.room -= this.problem.weights[item];
    this.profit += this.gains[item];
    this.addPairs(item, 1);
  }

  /** Leaves a free item out for the rest of this path. */
  drop(item: number): void {
    this.freeCount -= 1;
    this.exchange(this.place[item], this.freeCount);
    this.trail[this.depth] = item;
    this.depth += 1;
  }

  /** Takes back decisions until `depth` of them are left. */
  undoTo(depth: number): void {
    while (this.depth > depth) {
      this.depth -= 1;
      const item = this.trail[this.depth];
      if (this.packed[item] === 1) {
        this.packed[item] = 0;
        this.addPairs(item, -1);
        this.profit -= this.gains[item];
        this.room += this.problem.weights[item];
      }
      // Items were swapped behind the free ones in order, so this one stands right at the end.
      this.freeCount += 1;
    }
  }

  private addPairs(item: number, sign: 1 | -1): void {
    const { size, profits } = this.problem;
    const row = item * size;
    for (let other = 0; other < size; other += 1) {
      if (other !== item) this.gains[other] += sign * profits[row + other];
    }
  }

  private exchange(one: number, other: number): void {
    const first = this.free[one];
    const second = this.free[other];
    this.free[one] = second;
    this.free[other] = first;
    this.place[first] = other;
    this.place[second] = one;
  }
}
