/**
 * Linear assignment: every row of a cost matrix takes a column of its own at least total cost, or,
 * where there are more rows than columns, every column a row. Method: R. Jonker and A. Volgenant,
 * "A shortest augmenting path algorithm for dense and sparse linear assignment problems",
 * Computing 38 (1987): column reduction, augmenting row reduction, shortest augmenting paths.
 */
import { assert, type WorkBudget, workBudget } from "#foundation";
import type { Matching } from "./matching.ts";
import { augmentingRowReduction, columnReduction } from "./reductions.ts";
import { augmentByShortestPath } from "./shortest-path.ts";

/** How an assignment ended: `optimal` and `infeasible` are proved, `stopped` is not. */
export type AssignmentStatus = "optimal" | "infeasible" | "stopped";

/** The answer and its proof. */
export interface Assignment {
  readonly status: AssignmentStatus;
  /** Column of each row, -1 for none; complete with `optimal`, possibly partial otherwise. */
  readonly columnOf: Int32Array;
  /**
   * Dual prices: rowPrice[i] + columnPrice[j] <= cost of (i, j) for every pair, with equality on
   * the pairs of an optimal assignment. On the longer side no price is above 0, and a line left out
   * has price 0. So the sum of all prices is a lower bound, and with `optimal` the objective.
   */
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  /** Total cost of the pairs in `columnOf`. */
  readonly objective: number;
  /** No complete assignment costs less; infinite if there is none. */
  readonly bound: number;
}

/**
 * Solves for `costs`, `rows` times `columns`, row by row. `Infinity` forbids a pair; to maximise,
 * negate. Exact for integers while sums of costs stay below 2^53. Work is counted in entries of the
 * matrix looked at.
 */
export function linearAssignment(
  costs: Float64Array,
  rows: number,
  columns: number,
  budget: WorkBudget = workBudget(Number.POSITIVE_INFINITY),
): Assignment {
  assert(costs.length === rows * columns, `costs: expected rows * columns, got ${costs.length}`);
  if (rows <= columns) return solveWide(costs, rows, columns, budget);
  const turned = solveWide(transpose(costs, rows, columns), columns, rows, budget);
  const columnOf = new Int32Array(rows).fill(-1);
  for (let column = 0; column < columns; column += 1) {
    const row = turned.columnOf[column];
    if (row >= 0) columnOf[row] = column;
  }
  return { ...turned, columnOf, rowPrice: turned.columnPrice, columnPrice: turned.rowPrice };
}

function solveWide(
  costs: Float64Array,
  rows: number,
  columns: number,
  budget: WorkBudget,
): Assignment {
  const matching: Matching = {
    costs,
    rows,
    columns,
    columnOf: new Int32Array(rows).fill(-1),
    rowOf: new Int32Array(columns).fill(-1),
    columnPrice: new Float64Array(columns),
  };
  // A column that may stay empty must keep price 0, so prices start from columns only if square.
  if (rows === columns) columnReduction(matching);
  if (budget.tick(rows * columns) === "stop") return conclude(matching, "stopped");
  const status = augmentAll(matching, budget);
  return conclude(matching, status);
}

function augmentAll(matching: Matching, budget: WorkBudget): AssignmentStatus {
  const { columns, rows, columnOf } = matching;
  for (let pass = 0; pass < 2; pass += 1) {
    if (budget.tick(augmentingRowReduction(matching) * columns) === "stop") return "stopped";
  }
  const scratch = {
    distance: new Float64Array(columns),
    before: new Int32Array(columns),
    order: new Int32Array(columns),
    reached: 0,
  };
  for (let row = 0; row < rows; row += 1) {
    if (columnOf[row] >= 0) continue;
    const scanned = augmentByShortestPath(matching, row, scratch);
    if (scanned === 0) return "infeasible";
    if (budget.tick(scanned * columns) === "stop") return "stopped";
  }
  return "optimal";
}

function conclude(matching: Matching, status: AssignmentStatus): Assignment {
  const { costs, rows, columns, columnOf, columnPrice } = matching;
  const rowPrice = new Float64Array(rows);
  let objective = 0;
  let bound = 0;
  for (let row = 0; row < rows; row += 1) {
    const column = columnOf[row];
    if (column >= 0) objective += costs[row * columns + column];
    // A shortest path leaves assigned rows tight, so their price can be read off their column.
    rowPrice[row] =
      column >= 0 && status === "optimal"
        ? costs[row * columns + column] - columnPrice[column]
        : leastReducedCost(matching, row);
    bound += rowPrice[row];
  }
  for (let column = 0; column < columns; column += 1) bound += columnPrice[column];
  if (status === "infeasible") bound = Number.POSITIVE_INFINITY;
  return { status, columnOf, rowPrice, columnPrice, objective, bound };
}

function leastReducedCost({ costs, columns, columnPrice }: Matching, row: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let column = 0; column < columns; column += 1) {
    const reduced = costs[row * columns + column] - columnPrice[column];
    if (reduced < least) least = reduced;
  }
  return least;
}

function transpose(costs: Float64Array, rows: number, columns: number): Float64Array {
  const turned = new Float64Array(costs.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned[column * rows + row] = costs[row * columns + column];
    }
  }
  return turned;
}
