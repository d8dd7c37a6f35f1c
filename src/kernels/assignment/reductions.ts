/**
 * The two cheap phases of Jonker and Volgenant's method, which assign most rows before the first
 * shortest path is searched.
 */
import type { Matching } from "./matching.ts";

/**
 * Prices each column of a square matrix at its least cost and gives it that row if the row is still
 * free. Scanning columns backwards makes the reduction of early columns use what late ones left.
 */
export function columnReduction(matching: Matching): void {
  const { costs, rows, columns, columnOf, rowOf, columnPrice } = matching;
  columnPrice.fill(Number.POSITIVE_INFINITY);
  const cheapest = new Int32Array(columns).fill(-1);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const cost = costs[row * columns + column];
      if (cost >= columnPrice[column]) continue;
      columnPrice[column] = cost;
      cheapest[column] = row;
    }
  }
  for (let column = columns - 1; column >= 0; column -= 1) {
    const row = cheapest[column];
    // A column without a finite cost cannot be used; its price only has to be a number.
    if (row < 0) columnPrice[column] = 0;
    else if (columnOf[row] < 0) {
      columnOf[row] = column;
      rowOf[column] = row;
    }
  }
}

/**
 * Lets each free row take its cheapest column and lowers that column's price to the row's second
 * best, turning the former owner out. Returns the rows looked at. The number of turns is limited:
 * with real costs prices can fall by next to nothing for ever.
 */
export function augmentingRowReduction(matching: Matching): number {
  const { columns, rows, columnOf, rowOf, columnPrice } = matching;
  if (columns < 2) return 0;
  const best = { first: 0, second: 0, firstColumn: 0, secondColumn: 0 };
  let turns = 0;
  for (let free = 0; free < rows; free += 1) {
    if (columnOf[free] >= 0) continue;
    let row = free;
    for (let evictions = 0; evictions <= rows; evictions += 1) {
      turns += 1;
      findTwoCheapest(matching, row, best);
      if (best.first === Number.POSITIVE_INFINITY) break;
      const isStrict = best.first < best.second && best.second !== Number.POSITIVE_INFINITY;
      let column = best.firstColumn;
      if (isStrict) columnPrice[column] -= best.second - best.first;
      else if (rowOf[column] >= 0 && best.first === best.second) column = best.secondColumn;
      const evicted = rowOf[column];
      if (evicted >= 0 && !isStrict) break;
      rowOf[column] = row;
      columnOf[row] = column;
      if (evicted < 0) break;
      columnOf[evicted] = -1;
      row = evicted;
    }
  }
  return turns;
}

function findTwoCheapest(
  { costs, columns, columnPrice }: Matching,
  row: number,
  best: { first: number; second: number; firstColumn: number; secondColumn: number },
): void {
  let first = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  let firstColumn = 0;
  let secondColumn = 0;
  const start = row * columns;
  for (let column = 0; column < columns; column += 1) {
    const reduced = costs[start + column] - columnPrice[column];
    if (reduced >= second) continue;
    if (reduced < first) {
      second = first;
      secondColumn = firstColumn;
      first = reduced;
      firstColumn = column;
    } else {
      second = reduced;
      secondColumn = column;
    }
  }
  best.first = first;
  best.second = second;
  best.firstColumn = firstColumn;
  best.secondColumn = secondColumn;
}
