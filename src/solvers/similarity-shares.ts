/**
 * Similarity as a cost per item: for any choice of items, the sum of their shares plus a constant
 * is at most the similarity of all their pairs. With unit vectors u and any vector y, the pairs sum
 * to at least
 *
 *     sum_i (y.u_i - |u_i|^2 / 2) - |y|^2 / 2,
 *
 * because |sum_i u_i - y|^2 >= 0 and clipping at 0 only adds; this is the tangent of a convex
 * function. Where a given similarity is below the product of the vectors, half the difference is
 * granted back to either item. Tight when products are seldom negative and y is close to the sum of
 * a best choice.
 */
import type { SelectionLayout } from "#problem";

/** Is told of work done; true once the run has to end. */
export type Spend = (work: number) => boolean;

/** What similarity costs, spread over the items. */
export interface Shares {
  /** Cost of one unit of summed similarity. */
  readonly scale: number;
  /** What the choice as a whole costs on top of its shares. */
  readonly constant: number;
  /** Whether tangent shares are known. */
  readonly tangent: boolean;
  /** What choosing `rank` costs. */
  cost(rank: number): number;
  /** The share of `rank`, in units of similarity, when `missing` items are still to come. */
  tangentShare(rank: number, missing: number): number;
  /** What tangent shares add to a bound as a whole when `missing` items are still to come. */
  tangentConstant(missing: number): number;
}

/** Items priced between two reports of work. */
const PRICED_PER_TICK = 256;
/** How many multiplications count as one move looked at; they wait for each other here. */
const PRODUCTS_PER_WORK = 8;

/** Shares for one y, moved step by step. Costs and the constant are in units of the objective. */
export class SimilarityShares implements Shares {
  /** Whether there is a y yet; until then shares are 0. */
  tangent = false;
  constant = 0;
  readonly scale: number;
  private readonly layout: SelectionLayout;
  private readonly length: number;
  /** Product of each rank's vector with y. */
  private readonly along: Float64Array;
  /** The vector y. */
  private readonly centre: Float64Array;
  private granted: Float64Array = new Float64Array(0);

  constructor(layout: SelectionLayout, length: number) {
    const { problem, itemCount, similar } = layout;
    this.layout = layout;
    this.length = length;
    this.scale =
      similar && length > 1 ? problem.diversityWeight / ((length * (length - 1)) / 2) : 0;
    this.along = new Float64Array(itemCount);
    this.centre = new Float64Array(problem.similarity.dimension);
  }

  cost(rank: number): number {
    return this.tangent ? this.scale * this.tangentShare(rank, this.length) : 0;
  }

  /**
   * Moves the tangent towards the sum of the vectors of `ranks`, all the way the first time, and
   * prices those alive. True once `spend` says stop; the shares are then of no more use.
   */
  approach(ranks: Int32Array, pace: number, alive: readonly Int32Array[], spend: Spend): boolean {
    const { layout, centre, scale } = this;
    const { dimension, unitVectors } = layout.problem.similarity;
    if (scale === 0 || dimension === 0) return false;
    const step = this.tangent ? pace : 1;
    if (!this.tangent) this.granted = tangentGrants(layout);
    this.tangent = true;
    for (let axis = 0; axis < dimension; axis += 1) centre[axis] *= 1 - step;
    for (const rank of ranks) {
      const row = layout.itemAt[rank] * dimension;
      for (let axis = 0; axis < dimension; axis += 1)
        centre[axis] += step * unitVectors[row + axis];
    }
    let square = 0;
    for (let axis = 0; axis < dimension; axis += 1) square += centre[axis] * centre[axis];
    this.constant = 0.5 * scale * square;
    for (const list of alive) {
      for (let from = 0; from < list.length; from += PRICED_PER_TICK) {
        const part = list.subarray(from, from + PRICED_PER_TICK);
        this.project(part);
        if (spend(Math.ceil((part.length * dimension) / PRODUCTS_PER_WORK))) return true;
      }
    }
    return false;
  }

  /** For y scaled by the part of the items that is still to come. */
  tangentShare(rank: number, missing: number): number {
    return (missing / this.length) * this.along[rank] - this.granted[rank];
  }

  tangentConstant(missing: number): number {
    const part = missing / this.length;
    return this.constant * part * part;
  }

  /**
   * Products of the vectors of `ranks` with the centre, four at a time: their additions need not
   * wait for each other.
   */
  private project(ranks: Int32Array): void {
    const { along, centre, layout } = this;
    const { dimension, unitVectors } = layout.problem.similarity;
    const last = ranks.length - 1;
    for (let at = 0; at <= last; at += 4) {
      const rank0 = ranks[at];
      const rank1 = ranks[Math.min(at + 1, last)];
      const rank2 = ranks[Math.min(at + 2, last)];
      const rank3 = ranks[Math.min(at + 3, last)];
      const row0 = layout.itemAt[rank0] * dimension;
      const row1 = layout.itemAt[rank1] * dimension;
      const row2 = layout.itemAt[rank2] * dimension;
      const row3 = layout.itemAt[rank3] * dimension;
      let along0 = 0;
      let along1 = 0;
      let along2 = 0;
      let along3 = 0;
      for (let axis = 0; axis < dimension; axis += 1) {
        const y = centre[axis];
        along0 += y * unitVectors[row0 + axis];
        along1 += y * unitVectors[row1 + axis];
        along2 += y * unitVectors[row2 + axis];
        along3 += y * unitVectors[row3 + axis];
      }
      along[rank0] = along0;
      along[rank1] = along1;
      along[rank2] = along2;
      along[rank3] = along3;
    }
  }
}

/**
 * What the tangent takes off each rank's product with the centre: half its own square, and half of
 * what it is short.
 */
function tangentGrants(layout: SelectionLayout): Float64Array {
  const { dimension, unitVectors } = layout.problem.similarity;
  const granted = overrideGrants(layout);
  for (let rank = 0; rank < layout.itemCount; rank += 1) {
    const row = layout.itemAt[rank] * dimension;
    let square = 0;
    for (let axis = row; axis < row + dimension; axis += 1)
      square += unitVectors[axis] * unitVectors[axis];
    granted[rank] += square / 2;
  }
  return granted;
}

/** Half of what given similarities fall short of the products of vectors, summed per rank. */
function overrideGrants(layout: SelectionLayout): Float64Array {
  const { dimension, unitVectors, offsets, others, values } = layout.problem.similarity;
  const grants = new Float64Array(layout.itemCount);
  for (let item = 0; item < layout.itemCount; item += 1) {
    let grant = 0;
    for (let entry = offsets[item]; entry < offsets[item + 1]; entry += 1) {
      let dot = 0;
      for (let axis = 0; axis < dimension; axis += 1) {
        dot += unitVectors[item * dimension + axis] * unitVectors[others[entry] * dimension + axis];
      }
      grant += Math.max(0, dot - values[entry]);
    }
    grants[layout.rankOf[item]] = grant / 2;
  }
  return grants;
}
