/**
 * What the linear knapsack over the items' values says about each item alone: the bound if the item
 * has to be packed, and the bound if it has to stay out.
 */
import type { QuadraticKnapsack } from "./instance.ts";
import type { Node } from "./node.ts";

/** Bounds per item, read from one sort of the free items by density. */
export class Exclusion {
  readonly packedBound: Float64Array;
  readonly droppedBound: Float64Array;
  private readonly problem: QuadraticKnapsack;
  private readonly order: Int32Array;
  /** Weight and value of the first so many items of `order`. */
  private readonly weightTo: Float64Array;
  private readonly valueTo: Float64Array;
  private count = 0;

  constructor(problem: QuadraticKnapsack) {
    const { size } = problem;
    this.problem = problem;
    this.packedBound = new Float64Array(size);
    this.droppedBound = new Float64Array(size);
    this.order = new Int32Array(size);
    this.weightTo = new Float64Array(size + 1);
    this.valueTo = new Float64Array(size + 1);
  }

  /** Sets both bounds for each free item of `node` from the items' `values`. */
  evaluate(node: Node, values: Float64Array): void {
    const { free, freeCount, room, profit } = node;
    const { weights } = this.problem;
    this.sort(node, values);
    const whole = this.valueAt(room);
    const at = this.breakAt(room);
    for (let place = 0; place < freeCount; place += 1)
      this.droppedBound[free[place]] = profit + whole;
    for (let place = 0; place < freeCount; place += 1) {
      const item = free[place];
      const value = values[item];
      this.packedBound[item] =
        weights[item] > room
          ? Number.NEGATIVE_INFINITY
          : profit + value + this.valueAt(room - weights[item]);
    }
    // Items before the break are in the fill already: packing them changes nothing, and dropping
    // one makes room for what comes after the break.
    for (let place = 0; place <= at && place < this.count; place += 1) {
      const item = this.order[place];
      if (place < at) this.packedBound[item] = profit + whole;
      this.droppedBound[item] = profit + this.valueAt(room + weights[item]) - values[item];
    }
  }

  private sort(node: Node, values: Float64Array): void {
    const { weights } = this.problem;
    const density = (item: number) =>
      weights[item] > 0 ? values[item] / weights[item] : Number.MAX_VALUE;
    const kept = node.free
      .slice(0, node.freeCount)
      .filter((item) => values[item] > 0)
      .sort((one, other) => density(other) - density(one) || one - other);
    this.order.set(kept);
    this.count = kept.length;
    for (let place = 0; place < kept.length; place += 1) {
      this.weightTo[place + 1] = this.weightTo[place] + weights[kept[place]];
      this.valueTo[place + 1] = this.valueTo[place] + values[kept[place]];
    }
  }

  /** How many items are packed whole under `room`. */
  private breakAt(room: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.weightTo[middle] <= room) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private valueAt(room: number): number {
    const { weights } = this.problem;
    const whole = this.breakAt(room);
    const value = this.valueTo[whole];
    const left = room - this.weightTo[whole];
    if (whole === this.count || left === 0) return value;
    const item = this.order[whole];
    return value + (left / weights[item]) * (this.valueTo[whole + 1] - value);
  }
}
