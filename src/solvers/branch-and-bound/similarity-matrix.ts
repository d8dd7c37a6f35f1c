/**
 * All similarities among a few ranks at once: where every row is going to be asked for, one block
 * of numbers costs less than rows that come and go.
 */
import type { SelectionLayout, SimilarityRows } from "#problem";

/** How many multiplications count as one move looked at. */
const EFFORT_PER_WORK = 20;

/** Rows and columns are the `ranks` it was made for, in their order; 0 on the diagonal. */
export class SimilarityMatrix implements SimilarityRows {
  readonly size: number;
  readonly entries: Float64Array;
  private readonly layout: SelectionLayout;
  /** The place of each rank; -1 for none. */
  private readonly placeOf: Int32Array;
  private effort = 0;

  /** Similarities already in `known` are taken from there. */
  constructor(layout: SelectionLayout, ranks: Int32Array, known: SimilarityMatrix | undefined) {
    this.layout = layout;
    this.size = ranks.length;
    this.entries = new Float64Array(this.size * this.size);
    this.placeOf = new Int32Array(layout.itemCount).fill(-1);
    for (let place = 0; place < this.size; place += 1) this.placeOf[ranks[place]] = place;
    if (known?.holds(ranks)) this.copy(known, ranks);
    else this.fill(ranks);
  }

  /** The row of `rank`; whole, whatever the reach asked for. */
  hold(rank: number, _reach: number): Float64Array {
    const base = this.placeOf[rank] * this.size;
    return this.entries.subarray(base, base + this.size);
  }

  release(_rank: number): void {}

  takeWork(): number {
    const work = Math.ceil(this.effort / EFFORT_PER_WORK);
    this.effort = 0;
    return work;
  }

  private holds(ranks: Int32Array): boolean {
    return ranks.every((rank) => this.placeOf[rank] >= 0);
  }

  private copy(known: SimilarityMatrix, ranks: Int32Array): void {
    const { size, entries } = this;
    for (let place = 0; place < size; place += 1) {
      const from = known.placeOf[ranks[place]] * known.size;
      for (let other = 0; other < size; other += 1) {
        entries[place * size + other] = known.entries[from + known.placeOf[ranks[other]]];
      }
    }
    this.effort += size * size;
  }

  private fill(ranks: Int32Array): void {
    const { size, entries } = this;
    const { itemAt, problem } = this.layout;
    const { dimension, unitVectors } = problem.similarity;
    const packed = new Float64Array(size * dimension);
    for (let place = 0; place < size; place += 1) {
      const from = itemAt[ranks[place]] * dimension;
      for (let axis = 0; axis < dimension; axis += 1) {
        packed[place * dimension + axis] = unitVectors[from + axis];
      }
    }
    if (dimension > 0) {
      for (let place = 1; place < size; place += 1) {
        multiplyRow(packed, dimension, place, entries, size);
      }
    }
    for (let place = 1; place < size; place += 1) {
      for (let other = 0; other < place; other += 1) {
        entries[other * size + place] = entries[place * size + other];
      }
    }
    this.override(ranks);
    this.effort += (size * size * (dimension + 1)) / 2;
  }

  private override(ranks: Int32Array): void {
    const { itemAt, rankOf, problem } = this.layout;
    const { offsets, others, values } = problem.similarity;
    for (let place = 0; place < this.size; place += 1) {
      const item = itemAt[ranks[place]];
      // Backwards, so that of two overrides for one pair the first given wins.
      for (let entry = offsets[item + 1] - 1; entry >= offsets[item]; entry -= 1) {
        const other = this.placeOf[rankOf[others[entry]]];
        if (other >= 0 && other !== place) this.entries[place * this.size + other] = values[entry];
      }
    }
  }
}

/**
 * Products of row `place` with the rows before it, four at a time: their additions need not wait
 * for each other.
 */
function multiplyRow(
  packed: Float64Array,
  dimension: number,
  place: number,
  entries: Float64Array,
  size: number,
): void {
  const own = place * dimension;
  for (let other = 0; other < place; other += 4) {
    const base0 = other * dimension;
    const base1 = Math.min(other + 1, place) * dimension;
    const base2 = Math.min(other + 2, place) * dimension;
    const base3 = Math.min(other + 3, place) * dimension;
    let dot0 = 0;
    let dot1 = 0;
    let dot2 = 0;
    let dot3 = 0;
    for (let axis = 0; axis < dimension; axis += 1) {
      const x = packed[own + axis];
      dot0 += x * packed[base0 + axis];
      dot1 += x * packed[base1 + axis];
      dot2 += x * packed[base2 + axis];
      dot3 += x * packed[base3 + axis];
    }
    const row = place * size;
    entries[row + other] = dot0 > 0 ? dot0 : 0;
    if (other + 1 < place) entries[row + other + 1] = dot1 > 0 ? dot1 : 0;
    if (other + 2 < place) entries[row + other + 2] = dot2 > 0 ? dot2 : 0;
    if (other + 3 < place) entries[row + other + 3] = dot3 > 0 ? dot3 : 0;
  }
}
