/**
 * Rows of the similarity matrix, computed when they are asked for and only as far as they are asked
 * for. A search touches few items, so n*n numbers are never made: rows live in a pool of bounded
 * size, each filled for a prefix of the ranks, and the row longest unused gives way.
 */
import { assert } from "#foundation";
import type { Similarity } from "../ordered-selection.ts";
import type { SelectionLayout } from "./layout.ts";

/** About how many numbers the pool holds, unless the chosen items alone need more. */
const POOL_NUMBERS = 1 << 21;
/** How many multiplications count as one move looked at. */
const EFFORT_PER_WORK = 20;

/** Rows of similarity by rank. */
export interface SimilarityRows {
  /**
   * The row of `rank`, valid for ranks below `reach` until {@link SimilarityRows.release}; its own
   * entry is 0. Kept from being evicted until released.
   */
  hold(rank: number, reach: number): Float64Array;
  release(rank: number): void;
  /** Work since the last call, in moves looked at. */
  takeWork(): number;
}

/**
 * Opens the rows of a layout; at most `2 * lengthMax + 16` rows are needed at once. With `columns`,
 * given by rank, rows have only these, in this order.
 */
export function similarityRows(layout: SelectionLayout, columns?: Int32Array): SimilarityRows {
  const { itemCount, itemAt, rankOf } = layout;
  const table = tableOf(layout, columns);
  const { items, columnOf, similarity } = table;
  const width = items.length;
  const capacity = rowsAtOnce(layout, width);
  const rows: Float64Array[] = [];
  const filled = new Int32Array(capacity);
  const ownerOf = new Int32Array(capacity);
  const held = new Uint8Array(capacity);
  const slotOf = new Int32Array(itemCount).fill(-1);
  let hand = 0;
  let effort = 0;

  function slotFor(rank: number): number {
    if (rows.length < capacity) {
      rows.push(new Float64Array(width));
      return rows.length - 1;
    }
    for (let step = 0; step < capacity; step += 1) {
      hand = hand + 1 === capacity ? 0 : hand + 1;
      if (held[hand] === 0) {
        slotOf[ownerOf[hand]] = -1;
        return hand;
      }
    }
    assert(false, `a row for rank ${rank}, but all ${capacity} rows are held`);
  }

  /** Copies entries from `from` on out of the rows that have them already; how far that went. */
  function mirror(row: Float64Array, item: number, from: number, to: number): number {
    const own = columnOf[item];
    let column = from;
    for (; own >= 0 && column < to; column += 1) {
      const slot = slotOf[rankOf[items[column]]];
      if (slot < 0 || filled[slot] <= own) break;
      row[column] = rows[slot][own];
    }
    return column;
  }

  return {
    hold: (rank, reach) => {
      let slot = slotOf[rank];
      if (slot < 0) {
        slot = slotFor(rank);
        slotOf[rank] = slot;
        ownerOf[slot] = rank;
        filled[slot] = 0;
      }
      held[slot] = 1;
      if (filled[slot] < reach) {
        const from = mirror(rows[slot], itemAt[rank], filled[slot], reach);
        fillRow(table, rows[slot], itemAt[rank], from, reach);
        // Counted as if nothing had been there: what is, depends on how large the pool is.
        effort += (reach - filled[slot]) * (similarity.dimension + 1);
        filled[slot] = reach;
      }
      return rows[slot];
    },
    release: (rank) => {
      held[slotOf[rank]] = 0;
    },
    takeWork: () => {
      const work = Math.ceil(effort / EFFORT_PER_WORK);
      effort = 0;
      return work;
    },
  };
}

function rowsAtOnce({ itemCount, lengthMax }: SelectionLayout, width: number): number {
  const affordable = Math.floor(POOL_NUMBERS / Math.max(1, width));
  return Math.min(itemCount, Math.max(2 * lengthMax + 16, affordable));
}

/** What rows are rows of. */
interface Table {
  readonly similarity: Similarity;
  /** The item of each column. */
  readonly items: Int32Array;
  /** The column of each item; -1 for none. */
  readonly columnOf: Int32Array;
}

function tableOf({ problem, itemAt, rankOf }: SelectionLayout, columns?: Int32Array): Table {
  const { similarity } = problem;
  if (columns === undefined) return { similarity, items: itemAt, columnOf: rankOf };
  const items = columns.map((rank) => itemAt[rank]);
  const columnOf = new Int32Array(itemAt.length).fill(-1);
  for (let column = 0; column < items.length; column += 1) columnOf[items[column]] = column;
  return { similarity, items, columnOf };
}

/** Fills entries `from` up to but excluding `to` of the row of `item`. */
function fillRow(
  { similarity, items, columnOf }: Table,
  row: Float64Array,
  item: number,
  from: number,
  to: number,
): void {
  const { dimension, unitVectors, offsets, others, values } = similarity;
  const vector = unitVectors.subarray(item * dimension, (item + 1) * dimension);
  let other = from;
  for (; other + 3 < to; other += 4) fillFour(row, other, vector, unitVectors, items);
  for (; other < to; other += 1) {
    const base = items[other] * dimension;
    let dot = 0;
    for (let axis = 0; axis < dimension; axis += 1) dot += vector[axis] * unitVectors[base + axis];
    row[other] = dot > 0 ? dot : 0;
  }
  // Backwards, so that of two overrides for one pair the first given wins.
  for (let entry = offsets[item + 1] - 1; entry >= offsets[item]; entry -= 1) {
    const given = columnOf[others[entry]];
    if (given >= from && given < to) row[given] = values[entry];
  }
  const own = columnOf[item];
  if (own >= from && own < to) row[own] = 0;
}

/**
 * Four products at a time: their additions need not wait for each other, and the vector is read
 * once for all.
 */
function fillFour(
  row: Float64Array,
  first: number,
  vector: Float64Array,
  unitVectors: Float64Array,
  items: Int32Array,
): void {
  const dimension = vector.length;
  const base0 = items[first] * dimension;
  const base1 = items[first + 1] * dimension;
  const base2 = items[first + 2] * dimension;
  const base3 = items[first + 3] * dimension;
  let dot0 = 0;
  let dot1 = 0;
  let dot2 = 0;
  let dot3 = 0;
  for (let axis = 0; axis < dimension; axis += 1) {
    const x = vector[axis];
    dot0 += x * unitVectors[base0 + axis];
    dot1 += x * unitVectors[base1 + axis];
    dot2 += x * unitVectors[base2 + axis];
    dot3 += x * unitVectors[base3 + axis];
  }
  row[first] = dot0 > 0 ? dot0 : 0;
  row[first + 1] = dot1 > 0 ? dot1 : 0;
  row[first + 2] = dot2 > 0 ? dot2 : 0;
  row[first + 3] = dot3 > 0 ? dot3 : 0;
}
