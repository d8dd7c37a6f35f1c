/**
 * Assignment of items to slots where the worth is a product: slot weight times item value, less a
 * cost of the item. In an optimal choice values descend along the slots, so a dynamic programme
 * over items sorted by value is exact, in O(items * slots), where a general assignment would take
 * cubic time.
 */

/** Status of an item that has to be chosen. */
export const MUST = 1;
/** Status of an item that may be chosen. */
export const MAY = 0;
/** Status of an item that cannot be chosen. */
export const NEVER = -1;

/** Chooses exactly as many items as there are slots; buffers are made once. */
export class RankOneAssignment {
  /** Indices of the items chosen by the last `solve`, by slot. */
  readonly chosen: Int32Array;
  private readonly weights: Float64Array;
  private readonly best: Float64Array;
  private readonly taken: Uint8Array;

  /**
   * `weights` of the slots, none greater than the one before; at most `itemCountMax` items per
   * call.
   */
  constructor(weights: Float64Array, itemCountMax: number) {
    this.weights = weights;
    this.chosen = new Int32Array(weights.length);
    this.best = new Float64Array(weights.length + 1);
    this.taken = new Uint8Array((weights.length + 1) * itemCountMax);
  }

  /**
   * The most that `itemCount` items with descending `values` can give; -Infinity when the statuses
   * allow no choice.
   */
  solve(values: Float64Array, costs: Float64Array, status: Int8Array, itemCount: number): number {
    const { weights, best, taken } = this;
    const slotCount = weights.length;
    const stride = slotCount + 1;
    best.fill(Number.NEGATIVE_INFINITY);
    best[0] = 0;
    let reached = 0;
    for (let item = 0; item < itemCount; item += 1) {
      if (status[item] === NEVER) continue;
      const must = status[item] === MUST;
      const row = item * stride;
      if (reached < slotCount) reached += 1;
      for (let slot = reached; slot >= 1; slot -= 1) {
        const merit = best[slot - 1] + weights[slot - 1] * values[item] - costs[item];
        const take = must || merit > best[slot];
        taken[row + slot] = take ? 1 : 0;
        if (take) best[slot] = merit;
      }
      if (must) best[0] = Number.NEGATIVE_INFINITY;
    }
    if (best[slotCount] > Number.NEGATIVE_INFINITY) this.trace(status, itemCount);
    return best[slotCount];
  }

  /** Marks as NEVER each item of status MAY that no choice of more than `floor` contains. */
  exclude(
    values: Float64Array,
    costs: Float64Array,
    status: Int8Array,
    itemCount: number,
    floor: number,
  ): void {
    const { weights, best } = this;
    const slotCount = weights.length;
    const stride = slotCount + 1;
    const after = this.bestAfter(values, costs, status, itemCount);
    best.fill(Number.NEGATIVE_INFINITY);
    best[0] = 0;
    for (let item = 0; item < itemCount; item += 1) {
      if (status[item] === NEVER) continue;
      let most = Number.NEGATIVE_INFINITY;
      for (let slot = 0; slot < slotCount; slot += 1) {
        const merit =
          best[slot] + weights[slot] * values[item] + after[(item + 1) * stride + slot + 1];
        if (merit > most) most = merit;
      }
      if (status[item] === MAY && most - costs[item] <= floor) status[item] = NEVER;
      for (let slot = slotCount; slot >= 1; slot -= 1) {
        const merit = best[slot - 1] + weights[slot - 1] * values[item] - costs[item];
        if (status[item] === MUST || merit > best[slot]) best[slot] = merit;
      }
      if (status[item] === MUST) best[0] = Number.NEGATIVE_INFINITY;
    }
  }

  /**
   * Entry item * (slots + 1) + slot: the most that items from `item` on give in slots from `slot`
   * on.
   */
  private bestAfter(
    values: Float64Array,
    costs: Float64Array,
    status: Int8Array,
    itemCount: number,
  ): Float64Array {
    const { weights } = this;
    const stride = weights.length + 1;
    const after = new Float64Array((itemCount + 1) * stride).fill(Number.NEGATIVE_INFINITY);
    after[itemCount * stride + weights.length] = 0;
    for (let item = itemCount - 1; item >= 0; item -= 1) {
      const row = item * stride;
      for (let slot = 0; slot <= weights.length; slot += 1) {
        const skip = status[item] === MUST ? Number.NEGATIVE_INFINITY : after[row + stride + slot];
        let take = Number.NEGATIVE_INFINITY;
        if (slot < weights.length && status[item] !== NEVER) {
          take = after[row + stride + slot + 1] + weights[slot] * values[item] - costs[item];
        }
        after[row + slot] = Math.max(skip, take);
      }
    }
    return after;
  }

  /** The most that can be had with only the first `slotCount` slots, by the last `solve`. */
  bestOf(slotCount: number): number {
    return this.best[slotCount];
  }

  private trace(status: Int8Array, itemCount: number): void {
    const stride = this.weights.length + 1;
    let slot = this.weights.length;
    for (let item = itemCount - 1; item >= 0 && slot > 0; item -= 1) {
      if (status[item] === NEVER || this.taken[item * stride + slot] === 0) continue;
      slot -= 1;
      this.chosen[slot] = item;
    }
  }
}
