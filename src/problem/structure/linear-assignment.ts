/**
 * Linear assignment: two kinds of lines, every variable a pair of one line of each kind, and no
 * line in more than one chosen pair.
 */
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import { isBinary, type NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { ParityForest } from "./parity-forest.ts";
import { remembered } from "./remembered.ts";
import { type RowRole, rowRoles } from "./row-roles.ts";

/** Entries of a cost matrix; beyond, the sparse network is the better form. */
const ENTRIES_MAX = 2 ** 24;

/** One assignment: rows take columns. */
export interface LinearAssignment {
  readonly kind: "linear-assignment";
  readonly form: NormalForm;
  readonly rows: number;
  /** Columns after those of the problem belong to one row each, which may stay without a pair. */
  readonly columns: number;
  /** `rows` times `columns`, row by row; infinite where there is no pair. */
  readonly costs: Float64Array;
  /** Column of the normal form for every entry of `costs`; -1 where there is none. */
  readonly pairOf: Int32Array;
  readonly evidence: readonly string[];
}

/** Which row of the normal form is on which side, and at which place there. */
interface Sides {
  readonly place: Int32Array;
  /** 1 for the rows that take, 0 for those that are taken. */
  readonly takes: Uint8Array;
  readonly takerCount: number;
  readonly takenCount: number;
}

/** The assignment a problem is, if it is one. */
export const recogniseLinearAssignment = remembered(findLinearAssignment);

function findLinearAssignment(problem: QuadraticProblem): LinearAssignment | undefined {
  const form = normalForm(problem);
  if (form.kind === "none" || form.rows.count === 0 || form.pairs.count > 0) return undefined;
  const roles = assignmentRoles(form);
  const sides = roles && sidesOf(form, roles);
  if (roles === undefined || sides === undefined) return undefined;
  return extract(form, roles, sides);
}

/** The roles of all rows if every row is exactly one or at most one, and every column is a pair. */
export function assignmentRoles(form: NormalForm): readonly RowRole[] | undefined {
  if (!isBinary(form) || form.ends.counts.some((count) => count > 2)) return undefined;
  const roles = rowRoles(form);
  const isLine = roles.every((role) => role === "exactly-one" || role === "at-most-one");
  return isLine && form.ends.counts.includes(2) ? roles : undefined;
}

/** The two sides; `undefined` if there are no two, or no side can take all it has to. */
export function sidesOf(form: NormalForm, roles: readonly RowRole[]): Sides | undefined {
  const { counts, firstRows, secondRows } = form.ends;
  const forest = new ParityForest(roles.length);
  for (let column = 0; column < form.columnCount; column += 1) {
    if (counts[column] < 2) continue;
    if (!forest.join(firstRows[column], secondRows[column], true)) return undefined;
  }
  const takerColour = takerColours(form, roles, forest);
  if (takerColour === undefined) return undefined;
  const takes = new Uint8Array(roles.length);
  const place = new Int32Array(roles.length);
  const sizes = [0, 0];
  for (let row = 0; row < roles.length; row += 1) {
    takes[row] = forest.colourOf(row) === takerColour[forest.rootOf(row)] ? 1 : 0;
    place[row] = sizes[takes[row]];
    sizes[takes[row]] += 1;
  }
  return { place, takes, takerCount: sizes[1], takenCount: sizes[0] };
}

/** Per component, at its root, the colour of the rows that take. */
function takerColours(
  form: NormalForm,
  roles: readonly RowRole[],
  forest: ParityForest,
): Uint8Array | undefined {
  const { counts, firstRows } = form.ends;
  // Rows, rows that must be met, and columns that belong to one row alone, by root and colour.
  const size = new Int32Array(2 * roles.length);
  const must = new Int32Array(2 * roles.length);
  const alone = new Int32Array(2 * roles.length);
  const slotOf = (row: number) => 2 * forest.rootOf(row) + forest.colourOf(row);
  for (const [row, role] of roles.entries()) {
    size[slotOf(row)] += 1;
    if (role === "exactly-one") must[slotOf(row)] += 1;
  }
  for (let column = 0; column < form.columnCount; column += 1) {
    if (counts[column] === 1) alone[slotOf(firstRows[column])] += 1;
  }
  const colours = new Uint8Array(roles.length);
  for (let root = 0; root < roles.length; root += 1) {
    if (forest.rootOf(root) !== root) continue;
    const canTake = (colour: number) => {
      const [own, other] = [2 * root + colour, 2 * root + 1 - colour];
      if (alone[other] > 0) return false;
      if (must[other] === 0) return true;
      // Where the taken must all be taken, there have to be as many takers, all of them bound.
      return (
        must[own] === size[own] &&
        must[other] === size[other] &&
        size[own] === size[other] &&
        alone[own] === 0
      );
    };
    const colour = [0, 1]
      .filter(canTake)
      .sort((one, two) => size[2 * root + one] - size[2 * root + two]);
    if (colour.length === 0) return undefined;
    colours[root] = colour[0];
  }
  return colours;
}

function extract(
  form: NormalForm,
  roles: readonly RowRole[],
  { place, takes, takerCount, takenCount }: Sides,
): LinearAssignment | undefined {
  const { counts, firstRows, secondRows } = form.ends;
  const ownColumn = new Int32Array(takerCount).fill(-1);
  let columns = takenCount;
  const own = (taker: number) => {
    if (ownColumn[taker] < 0) {
      ownColumn[taker] = columns;
      columns += 1;
    }
  };
  for (const [row, role] of roles.entries()) {
    if (takes[row] === 1 && role === "at-most-one") own(place[row]);
  }
  for (let column = 0; column < form.columnCount; column += 1) {
    if (counts[column] === 1) own(place[firstRows[column]]);
  }
  if (takerCount * columns > ENTRIES_MAX) return undefined;
  const costs = new Float64Array(takerCount * columns).fill(Number.POSITIVE_INFINITY);
  const pairOf = new Int32Array(costs.length).fill(-1);
  for (const [row, role] of roles.entries()) {
    if (takes[row] === 1 && role === "at-most-one") {
      costs[place[row] * columns + ownColumn[place[row]]] = 0;
    }
  }
  for (let column = 0; column < form.columnCount; column += 1) {
    const [first, second] = [firstRows[column], secondRows[column]];
    const taker = place[takes[first] === 1 ? first : second];
    const taken = second < 0 ? ownColumn[taker] : place[takes[first] === 1 ? second : first];
    const entry = taker * columns + taken;
    if (form.costs[column] >= costs[entry]) continue;
    costs[entry] = form.costs[column];
    pairOf[entry] = column;
  }
  const evidence = [
    `${takerCount} rows and ${takenCount} rows each allow one of their variables to be 1`,
    "every variable is in at most one row of each kind, and the objective is linear",
  ];
  const rows = takerCount;
  return { kind: "linear-assignment", form, rows, columns, costs, pairOf, evidence };
}
