/**
 * The last phase of Jonker and Volgenant's method: a free row reaches a free column along the path
 * of least reduced cost (Dijkstra over columns), and prices move so that every reduced cost stays
 * non-negative.
 */
import type { Matching } from "./matching.ts";

/** Room for one search. */
export interface PathScratch {
  readonly distance: Float64Array;
  /** The row through which each column was reached last. */
  readonly before: Int32Array;
  /** Scanned columns, then those at the least distance, up to `reached`, then the others. */
  readonly order: Int32Array;
  reached: number;
}

/** Assigns the free row `start`. Returns the rows scanned, 0 if no free column can be reached. */
export function augmentByShortestPath(
  matching: Matching,
  start: number,
  scratch: PathScratch,
): number {
  const { costs, columns, rowOf, columnPrice } = matching;
  const { distance, before, order } = scratch;
  for (let column = 0; column < columns; column += 1) {
    distance[column] = costs[start * columns + column] - columnPrice[column];
    before[column] = start;
    order[column] = column;
  }
  let scanned = 0;
  let least = 0;
  scratch.reached = 0;
  for (;;) {
    let free = -1;
    if (scanned === scratch.reached) {
      collectNearest(scratch, scanned, columns);
      least = distance[order[scanned]];
      if (least === Number.POSITIVE_INFINITY) return 0;
      free = order.subarray(scanned, scratch.reached).find((column) => rowOf[column] < 0) ?? -1;
    }
    if (free < 0) {
      free = relaxRow(matching, scratch, order[scanned], least);
      scanned += 1;
    }
    if (free < 0) continue;
    settlePrices(matching, scratch, scanned, least);
    flipPath(matching, before, start, free);
    return scanned + 1;
  }
}

/** Moves the unscanned columns of least distance to the front. */
function collectNearest(scratch: PathScratch, scanned: number, columns: number): void {
  const { distance, order } = scratch;
  let reached = scanned;
  let least = Number.POSITIVE_INFINITY;
  for (let at = scanned; at < columns; at += 1) {
    const column = order[at];
    if (distance[column] > least) continue;
    if (distance[column] < least) {
      least = distance[column];
      reached = scanned;
    }
    order[at] = order[reached];
    order[reached] = column;
    reached += 1;
  }
  scratch.reached = reached;
}

/** Shortens distances through the owner of `through`; a free column at `least`, or -1. */
function relaxRow(
  { costs, columns, rowOf, columnPrice }: Matching,
  scratch: PathScratch,
  through: number,
  least: number,
): number {
  const { distance, before, order } = scratch;
  const row = rowOf[through];
  const start = row * columns;
  const offset = costs[start + through] - columnPrice[through] - least;
  let reached = scratch.reached;
  for (let at = reached; at < columns; at += 1) {
    const column = order[at];
    const length = costs[start + column] - columnPrice[column] - offset;
    if (length >= distance[column]) continue;
    distance[column] = length;
    before[column] = row;
    if (length > least) continue;
    if (rowOf[column] < 0) return column;
    order[at] = order[reached];
    order[reached] = column;
    reached += 1;
  }
  scratch.reached = reached;
  return -1;
}

function settlePrices(
  { columnPrice }: Matching,
  { distance, order }: PathScratch,
  scanned: number,
  least: number,
): void {
  for (let at = 0; at < scanned; at += 1) {
    const column = order[at];
    columnPrice[column] += distance[column] - least;
  }
}

function flipPath(
  { rowOf, columnOf }: Matching,
  before: Int32Array,
  start: number,
  end: number,
): void {
  let column = end;
  for (;;) {
    const row = before[column];
    rowOf[column] = row;
    const next = columnOf[row];
    columnOf[row] = column;
    if (row === start) return;
    column = next;
  }
}
