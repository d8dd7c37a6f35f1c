/**
 * Quadratic assignment: n facilities and n locations, each used once, and a cost for pairs of
 * placements (E. Lawler, "The quadratic assignment problem", Management Science 9, 1963).
 */
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import { assignmentRoles, sidesOf } from "./linear-assignment.ts";
import type { NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { remembered } from "./remembered.ts";

/** One quadratic assignment. */
export interface QuadraticAssignment {
  readonly kind: "quadratic-assignment";
  readonly form: NormalForm;
  readonly size: number;
  /** Column of the normal form for facility times `size` plus location. */
  readonly columnOf: Int32Array;
  readonly evidence: readonly string[];
}

/** The quadratic assignment a problem is, if it is one. */
export const recogniseQuadraticAssignment = remembered(findQuadraticAssignment);

function findQuadraticAssignment(problem: QuadraticProblem): QuadraticAssignment | undefined {
  const form = normalForm(problem);
  if (form.kind === "none" || form.pairs.count === 0 || form.rows.count < 2) return undefined;
  const size = form.rows.count / 2;
  if (form.columnCount !== size * size || form.ends.counts.some((count) => count !== 2)) {
    return undefined;
  }
  const roles = assignmentRoles(form);
  const sides = roles && sidesOf(form, roles);
  if (sides === undefined || sides.takerCount !== size) return undefined;
  // As many locations as facilities: once every facility has one, none is left over.
  const isPlaced = roles?.every((role, row) => sides.takes[row] === 0 || role === "exactly-one");
  if (isPlaced !== true) return undefined;
  const { firstRows, secondRows } = form.ends;
  const columnOf = new Int32Array(size * size).fill(-1);
  for (let column = 0; column < form.columnCount; column += 1) {
    const [first, second] = [firstRows[column], secondRows[column]];
    const [facility, location] = sides.takes[first] === 1 ? [first, second] : [second, first];
    columnOf[sides.place[facility] * size + sides.place[location]] = column;
  }
  if (columnOf.includes(-1)) return undefined;
  const evidence = [
    `${size} rows give each facility one location, ${size} rows each location one facility`,
    `the objective has ${form.pairs.count} products of two placements`,
  ];
  return { kind: "quadratic-assignment", form, size, columnOf, evidence };
}
