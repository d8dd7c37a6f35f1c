/**
 * Whether a row can be taken apart and put together again without rounding changing what it says.
 * The verdict allows for the rounding of the row as it is given; a sum that swallows one of its own
 * terms says something else once its numbers are moved.
 */
import type { ConstraintRows, QuadraticProblem } from "../../model/quadratic-problem.ts";

/** Sums of whole numbers up to here stay exact when bounds are divided with room for rounding. */
const WHOLE_MAX = 2 ** 47;
/** How far a sum may go beyond the least of its biases where these are not whole. */
const RANGE_MAX = 2 ** 40;
/** Samples are 32-bit: a range that goes on from here has no end that matters. */
const REACH_MAX = 2 ** 31;

/** The label of the first row whose sums may lose one of its terms to rounding. */
export function roughRow(problem: QuadraticProblem): string | undefined {
  const { constraints: rows } = problem;
  for (let row = 0; row < rows.count; row += 1) {
    if (!isPrecise(problem, rows, row)) return rows.labels[row];
  }
  return undefined;
}

/**
 * A range without an end counts as one step: how far it goes is for the other terms to say. A right
 * side beyond all sums decides the row by itself, whatever its size.
 */
function isPrecise(
  { lowerBounds, upperBounds }: QuadraticProblem,
  rows: ConstraintRows,
  row: number,
): boolean {
  const rightSide = Math.abs(rows.rightSides[row]);
  let isWhole = Number.isInteger(rightSide);
  let isBounded = true;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    const size = Math.abs(rows.biases[entry]);
    if (size === 0) continue;
    const variable = rows.columns[entry];
    const reach = Math.max(Math.abs(lowerBounds[variable]), Math.abs(upperBounds[variable]));
    isBounded &&= reach < REACH_MAX;
    sum += size * (reach < REACH_MAX ? reach : 1);
    least = Math.min(least, size);
    isWhole &&= Number.isInteger(size);
  }
  const magnitude = isBounded ? sum : Math.max(sum, rightSide);
  return isWhole ? magnitude <= WHOLE_MAX : magnitude <= least * RANGE_MAX;
}
