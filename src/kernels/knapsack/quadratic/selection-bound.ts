/**
 * The split bound where a count has to be met exactly. Every item then takes the same number of
 * companions and all are taken whole, so that a row is settled by the greatest few of its entries,
 * and a step touches only what is taken. For the bound itself see `SplitBound`.
 */
import type { QuadraticKnapsack } from "./instance.ts";
import type { Node } from "./node.ts";
import type { PackingBound } from "./packing-bound.ts";

/** The bound of one node after another; shares and companions are kept between them. */
export class SelectionBound implements PackingBound {
  readonly nodeSteps = 1;
  readonly walkPerEntry = 4;
  readonly values: Float64Array;
  readonly packedBound: Float64Array;
  readonly droppedBound: Float64Array;
  private readonly size: number;
  private readonly profits: Float64Array;
  /** Share of the row's item in the profit of each pair; with its mirror it adds up to the pair. */
  private readonly shares: Float64Array;
  /** The companions each item (row) takes, best first, and how many it took last. */
  private readonly companions: Int32Array;
  private readonly companionCount: Int32Array;
  /** 1 where the row's item is taken and takes the column's; all 0 between steps. */
  private readonly isAsked: Uint8Array;
  /** The items taken, best first, and the one that comes after them. */
  private readonly taken: Int32Array;
  private readonly takenValues: Float64Array;
  /** Best first, as `insert` leaves them: those of the row in hand. */
  private readonly best: Int32Array;
  private readonly bestShares: Float64Array;
  /** The last row that listed the item; rows are numbered as they come. */
  private readonly listedBy: Float64Array;
  private rowNumber = 0;

  constructor({ size, profits }: QuadraticKnapsack) {
    this.size = size;
    this.profits = profits;
    this.values = new Float64Array(size);
    this.packedBound = new Float64Array(size);
    this.droppedBound = new Float64Array(size);
    this.shares = profits.map((profit) => profit / 2);
    this.companions = new Int32Array(size * size);
    this.companionCount = new Int32Array(size);
    this.isAsked = new Uint8Array(size * size);
    this.taken = new Int32Array(size);
    this.takenValues = new Float64Array(size);
    this.best = new Int32Array(size);
    this.bestShares = new Float64Array(size);
    this.listedBy = new Float64Array(size);
  }

  evaluate(node: Node): number {
    const { free, freeCount, room, gains } = node;
    const { values, taken, takenValues } = this;
    if (freeCount < room) return Number.NEGATIVE_INFINITY;
    if (room === 0) return node.profit;
    let held = 0;
    const heldMax = Math.min(room + 1, freeCount);
    for (let at = 0; at < freeCount; at += 1) {
      const item = free[at];
      const value = gains[item] + this.chooseCompanions(node, item, room - 1);
      values[item] = value;
      if (held < heldMax) held += 1;
      else if (value <= takenValues[held - 1]) continue;
      insert(takenValues, taken, held - 1, value, item);
    }
    let total = node.profit;
    for (let at = 0; at < room; at += 1) total += takenValues[at];
    return total;
  }

  boundSides(node: Node): void {
    const { free, freeCount, room, profit } = node;
    const { values, taken, takenValues, packedBound, droppedBound } = this;
    let total = profit;
    for (let at = 0; at < room; at += 1) total += takenValues[at];
    const least = room > 0 ? takenValues[room - 1] : Number.POSITIVE_INFINITY;
    for (let at = 0; at < freeCount; at += 1) {
      const item = free[at];
      packedBound[item] = total - least + values[item];
      droppedBound[item] = total;
    }
    const next = room < freeCount ? takenValues[room] : Number.NEGATIVE_INFINITY;
    for (let at = 0; at < room; at += 1) {
      packedBound[taken[at]] = total;
      droppedBound[taken[at]] = total - takenValues[at] + next;
    }
  }

  step({ room }: Node, bound: number, aim: number, scale: number): void {
    const { companions, taken, shares, profits, isAsked, size } = this;
    this.ask(room, 1);
    const contradictions = this.contradictions(room);
    const length = contradictions > 0 ? (scale * (bound - aim)) / contradictions : 0;
    for (let at = 0; at < room; at += 1) {
      const item = taken[at];
      const row = item * size;
      for (let place = row; place < row + room - 1; place += 1) {
        const other = companions[place];
        const mirror = other * size + item;
        if (isAsked[mirror] === 1) continue;
        const share = shares[row + other] - length;
        shares[row + other] = share;
        shares[mirror] = profits[mirror] - share;
      }
    }
    this.ask(room, 0);
  }

  /** Pairs of which one item is taken and takes the other, which does not answer in kind. */
  private contradictions(room: number): number {
    const { companions, taken, isAsked, size } = this;
    let count = 0;
    for (let at = 0; at < room; at += 1) {
      const item = taken[at];
      const row = item * size;
      for (let place = row; place < row + room - 1; place += 1) {
        count += 1 - isAsked[companions[place] * size + item];
      }
    }
    return count;
  }

  private ask(room: number, isAsked: 0 | 1): void {
    const { companions, taken, size } = this;
    for (let at = 0; at < room; at += 1) {
      const row = taken[at] * size;
      for (let place = row; place < row + room - 1; place += 1) {
        this.isAsked[row + companions[place]] = isAsked;
      }
    }
  }

  /** Finds the `count` free items with the greatest shares in `item`'s row; returns their sum. */
  private chooseCompanions(node: Node, item: number, count: number): number {
    if (count === 0) return 0;
    const { free, freeCount } = node;
    const { shares, companions, best, bestShares, listedBy, size } = this;
    const row = item * size;
    const rowNumber = this.rowNumber + 1;
    this.rowNumber = rowNumber;
    listedBy[item] = rowNumber;
    let held = 0;
    // Most of the last companions are still the best, so that few entries have to be inserted.
    const known = row + Math.min(this.companionCount[item], count);
    for (let place = row; place < known; place += 1) {
      const other = companions[place];
      if (!node.isFree(other)) continue;
      listedBy[other] = rowNumber;
      insert(bestShares, best, held, shares[row + other], other);
      held += 1;
    }
    let at = 0;
    for (; held < count; at += 1) {
      const other = free[at];
      if (listedBy[other] === rowNumber) continue;
      insert(bestShares, best, held, shares[row + other], other);
      held += 1;
    }
    let least = bestShares[count - 1];
    for (; at < freeCount; at += 1) {
      const other = free[at];
      const share = shares[row + other];
      if (share <= least || listedBy[other] === rowNumber) continue;
      insert(bestShares, best, count - 1, share, other);
      least = bestShares[count - 1];
    }
    let total = 0;
    for (let place = 0; place < count; place += 1) {
      total += bestShares[place];
      companions[row + place] = best[place];
    }
    this.companionCount[item] = count;
    return total;
  }
}

/** Puts an item at `place` of a descending list, or as far before it as its value asks. */
function insert(
  values: Float64Array,
  items: Int32Array,
  place: number,
  value: number,
  item: number,
): void {
  let at = place;
  for (; at > 0 && values[at - 1] < value; at -= 1) {
    values[at] = values[at - 1];
    items[at] = items[at - 1];
  }
  values[at] = value;
  items[at] = item;
}
