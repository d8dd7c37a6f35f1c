/**
 * What a row says where it says something special: one-hot and cardinality. Read off the row
 * itself, however it was written down, so that a solver with moves for groups always finds them.
 */
import {
  COMPARISON,
  type ConstraintRows,
  type QuadraticProblem,
  SHAPE,
  VARTYPE,
} from "./quadratic-problem.ts";
import { sharedUint8 } from "./shared-arrays.ts";

type Rows = Omit<ConstraintRows, "shapes">;

/** Codes of {@link SHAPE}, one per row. */
export function shapesOf(rows: Rows, vartypes: QuadraticProblem["vartypes"]): Uint8Array {
  const shapes = sharedUint8(new Uint8Array(rows.count));
  for (let row = 0; row < rows.count; row += 1) {
    if (!countsBinaries(rows, row, vartypes)) continue;
    const isOneHot = rows.comparisons[row] === COMPARISON.equal && rows.rightSides[row] === 1;
    shapes[row] = isOneHot ? SHAPE.oneHot : SHAPE.cardinality;
  }
  return shapes;
}

/** Whether the row is a sum of binary variables compared with a whole number. */
function countsBinaries(rows: Rows, row: number, vartypes: Uint8Array): boolean {
  const start = rows.starts[row];
  const end = rows.starts[row + 1];
  if (start === end || rows.pairStarts[row] !== rows.pairStarts[row + 1]) return false;
  if (!Number.isInteger(rows.rightSides[row])) return false;
  for (let entry = start; entry < end; entry += 1) {
    if (rows.biases[entry] !== 1 || vartypes[rows.columns[entry]] !== VARTYPE.binary) return false;
  }
  return true;
}
