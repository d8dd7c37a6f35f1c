/**
 * The state of a search over one ordered selection: the current order and everything that makes a
 * change cheap to judge. Hard violations are counted apart from the objective. What depends on
 * which items are chosen (similarity, counts) is kept up to date item by item; what depends on
 * their order is recomputed after each change, which costs no more than moving the items does.
 *
 * Similarity sums are kept only for ranks below `reach`; whoever looks at a rank calls
 * `extendReach` first.
 */

import type { Sample } from "../problem.ts";
import type { SelectionLayout } from "./layout.ts";
import { type SimilarityRows, similarityRows } from "./rows.ts";

/** About how many multiplications an extension of the reach spends on ranks not asked for yet. */
const EXTENSION_EFFORT = 100_000;

/** Current order, by rank, and its running totals. Fields are for reading; methods change them. */
export class SelectionState {
  readonly layout: SelectionLayout;
  readonly rows: SimilarityRows;
  length = 0;
  /** Rank at each position; entries from `length` on mean nothing. */
  readonly order: Int32Array;
  /** 1 where the rank is chosen. */
  readonly chosen: Uint8Array;
  /** How many members of each count rule are chosen. */
  readonly present: Int32Array;
  /** Sum of similarities of each rank below `reach` to the chosen items. */
  readonly similaritySum: Float64Array;
  reach: number;
  /** Sum of similarities over all chosen pairs. */
  pairSum = 0;
  countSoft = 0;
  countHard = 0;
  /**
   * Value of the order less its soft penalties for pins and spacing, and how many hard ones it
   * breaks.
   */
  orderMerit = 0;
  orderHard = 0;

  constructor(layout: SelectionLayout) {
    this.layout = layout;
    this.rows = similarityRows(layout);
    this.order = new Int32Array(layout.lengthMax);
    this.chosen = new Uint8Array(layout.itemCount);
    this.present = new Int32Array(layout.counts.limit.length);
    this.similaritySum = new Float64Array(layout.itemCount);
    const { leadCount, lengthMax, itemCount, similar } = layout;
    this.reach = similar ? Math.min(itemCount, leadCount + 2 * lengthMax + 16) : itemCount;
    this.clear();
  }

  /** The objective, hard violations left out. */
  get objective(): number {
    return this.orderMerit - this.countSoft - this.pairScale(this.length) * this.pairSum;
  }

  /** The objective summed afresh, free of what rounding has gathered meanwhile; O(L^2). */
  freshObjective(): number {
    let pairSum = 0;
    for (let second = 1; this.layout.similar && second < this.length; second += 1) {
      const row = this.rows.hold(this.order[second], this.reach);
      for (let first = 0; first < second; first += 1) pairSum += row[this.order[first]];
    }
    return this.orderMerit - this.freshCountSoft() - this.pairScale(this.length) * pairSum;
  }

  get hardCount(): number {
    return this.countHard + this.orderHard;
  }

  /** What the search maximises: the objective less the price of every hard violation. */
  get merit(): number {
    return this.objective - this.layout.hardPrice * this.hardCount;
  }

  /** What one unit of summed similarity costs when `length` items are chosen. */
  pairScale(length: number): number {
    return length < 2 ? 0 : this.layout.problem.diversityWeight / ((length * (length - 1)) / 2);
  }

  /** Empties the order. */
  clear(): void {
    const { counts, similar } = this.layout;
    for (let position = 0; position < this.length; position += 1) {
      this.chosen[this.order[position]] = 0;
      if (similar) this.rows.release(this.order[position]);
    }
    this.length = 0;
    this.present.fill(0);
    this.similaritySum.fill(0);
    this.pairSum = 0;
    this.countSoft = 0;
    this.countHard = 0;
    for (let rule = 0; rule < counts.limit.length; rule += 1) {
      if (counts.atLeast[rule] === 0 || counts.limit[rule] <= 0) continue;
      if (counts.hard[rule] === 1) this.countHard += counts.limit[rule];
      else this.countSoft += counts.limit[rule] * counts.penalty[rule];
    }
    this.judgeOrder();
  }

  /**
   * Replaces the whole order by `length` ranks. Also wipes out what rounding has gathered in the
   * running totals.
   */
  load(ranks: Int32Array, length: number): void {
    this.clear();
    for (let position = 0; position < length; position += 1) {
      this.enter(ranks[position]);
      this.order[position] = ranks[position];
      this.length += 1;
    }
    this.judgeOrder();
  }

  /** Makes the similarity sums of all ranks below `end` valid, and of some more besides. */
  extendReach(end: number): void {
    const { itemCount, problem } = this.layout;
    const perRank = (this.length + 1) * (problem.similarity.dimension + 1);
    const step = Math.max(8, Math.floor(EXTENSION_EFFORT / perRank));
    const to = Math.min(itemCount, Math.max(end, Math.min(this.reach + step, 2 * this.reach)));
    for (let position = 0; position < this.length; position += 1) {
      const row = this.rows.hold(this.order[position], to);
      for (let rank = this.reach; rank < to; rank += 1) this.similaritySum[rank] += row[rank];
    }
    this.reach = to;
  }

  /**
   * Takes out the item at `position` (none if it equals `length`), closes the gap and puts `rank`
   * in front of what is then at `slot`; `rank` -1 puts nothing in.
   */
  change(position: number, rank: number, slot: number): void {
    const { order } = this;
    if (position < this.length) {
      const out = order[position];
      if (out !== rank) this.leave(out);
      order.copyWithin(position, position + 1, this.length);
      this.length -= 1;
      if (rank >= 0 && out !== rank) this.enter(rank);
    } else if (rank >= 0) {
      this.enter(rank);
    }
    if (rank >= 0) {
      order.copyWithin(slot + 1, slot, this.length);
      order[slot] = rank;
      this.length += 1;
    }
    this.judgeOrder();
  }

  /** Exchanges the items at two positions. */
  exchange(first: number, second: number): void {
    const held = this.order[first];
    this.order[first] = this.order[second];
    this.order[second] = held;
    this.judgeOrder();
  }

  /** Sorts the order by descending value. */
  sortByValue(): void {
    const { values } = this.layout;
    this.order.subarray(0, this.length).sort((a, b) => values[b] - values[a] || a - b);
    this.judgeOrder();
  }

  /** The order as a sample of the problem. */
  sample(): Sample {
    return { values: this.order.slice(0, this.length).map((rank) => this.layout.itemAt[rank]) };
  }

  /** Whether two ranks share a group under the spacing rule. */
  clash(a: number, b: number): boolean {
    const { spacing } = this.layout;
    if (spacing === undefined || (spacing.masks[a] & spacing.masks[b]) === 0) return false;
    if (spacing.masksExact) return true;
    let left = spacing.offsets[a];
    let right = spacing.offsets[b];
    while (left < spacing.offsets[a + 1] && right < spacing.offsets[b + 1]) {
      const difference = spacing.groups[left] - spacing.groups[right];
      if (difference === 0) return true;
      if (difference < 0) left += 1;
      else right += 1;
    }
    return false;
  }

  private enter(rank: number): void {
    this.chosen[rank] = 1;
    this.shiftCounts(rank, 1);
    if (!this.layout.similar) return;
    while (rank >= this.reach) this.extendReach(rank + 1);
    this.pairSum += this.similaritySum[rank];
    const row = this.rows.hold(rank, this.reach);
    for (let other = 0; other < this.reach; other += 1) this.similaritySum[other] += row[other];
  }

  private leave(rank: number): void {
    this.chosen[rank] = 0;
    this.shiftCounts(rank, -1);
    if (!this.layout.similar) return;
    const row = this.rows.hold(rank, this.reach);
    for (let other = 0; other < this.reach; other += 1) this.similaritySum[other] -= row[other];
    this.pairSum -= this.similaritySum[rank];
    this.rows.release(rank);
  }

  private shiftCounts(rank: number, step: 1 | -1): void {
    const { counts, typeOf, typeOffsets, typeRules } = this.layout;
    const type = typeOf[rank];
    for (let entry = typeOffsets[type]; entry < typeOffsets[type + 1]; entry += 1) {
      const rule = typeRules[entry];
      const excess = this.excess(rule);
      this.present[rule] += step;
      const change = this.excess(rule) - excess;
      if (counts.hard[rule] === 1) this.countHard += change;
      else this.countSoft += change * counts.penalty[rule];
    }
  }

  private freshCountSoft(): number {
    const { penalty } = this.layout.counts;
    let cost = 0;
    for (let rule = 0; rule < penalty.length; rule += 1) cost += penalty[rule] * this.excess(rule);
    return cost;
  }

  /** How often a count rule is broken. */
  private excess(rule: number): number {
    const { atLeast, limit } = this.layout.counts;
    const over = this.present[rule] - limit[rule];
    return Math.max(0, atLeast[rule] === 1 ? -over : over);
  }

  private judgeOrder(): void {
    const { values, pins, spacing, problem } = this.layout;
    const { order, length } = this;
    let merit = -pins.softTotal;
    let hard = pins.hardTotal;
    for (let position = 0; position < length; position += 1) {
      merit += problem.positionWeights[position] * values[order[position]];
      for (let pin = pins.offsets[position]; pin < pins.offsets[position + 1]; pin += 1) {
        if (pins.ranks[pin] !== order[position]) continue;
        merit += pins.penalty[pin];
        hard -= pins.hard[pin];
      }
    }
    if (spacing !== undefined) {
      for (let position = 1; position < length; position += 1) {
        if (!this.clash(order[position - 1], order[position])) continue;
        if (spacing.hard) hard += 1;
        else merit -= spacing.penalty;
      }
    }
    this.orderMerit = merit;
    this.orderHard = hard;
  }
}
