/**
 * What the objective says about variables: one that only gains by moving, and harms no row by it,
 * moves; a product of two that exclude each other is left out.
 */
import { COMPARISON, type QuadraticProblem, VARTYPE } from "../model/quadratic-problem.ts";
import type { Draft } from "./draft.ts";

/** Moves every variable to the bound that is best for it whatever the others do. */
export function moveToBetterBound(draft: Draft): void {
  const { variableCount } = draft.problem;
  for (let variable = 0; variable < variableCount && draft.workLeft > 0; variable += 1) {
    if (draft.isFixed(variable) || draft.isEntangled[variable] === 1) continue;
    const locks = locksOf(draft, variable);
    if (locks.up > 0 && locks.down > 0) continue;
    const slope = slopeOf(draft, variable);
    const rows = draft.rowsOf(variable);
    if (slope.least >= 0 && locks.down === 0 && Number.isFinite(draft.lower[variable])) {
      draft.reduce(variable, draft.lower[variable], "first-order", rows);
    } else if (slope.greatest <= 0 && locks.up === 0 && Number.isFinite(draft.upper[variable])) {
      draft.raise(variable, draft.upper[variable], "first-order", rows);
    }
  }
}

/** Whether the objective improves without end as the variable moves, and no row is against it. */
export function isDrivenBeyond(draft: Draft, variable: number): boolean {
  if (draft.isEntangled[variable] === 1) return false;
  const locks = locksOf(draft, variable);
  const slope = slopeOf(draft, variable);
  const canFall = draft.lower[variable] === Number.NEGATIVE_INFINITY && locks.down === 0;
  const canRise = draft.upper[variable] === Number.POSITIVE_INFINITY && locks.up === 0;
  return (canFall && slope.least > 0) || (canRise && slope.greatest < 0);
}

/** How many rows could be broken by moving the variable up, and down. */
function locksOf(draft: Draft, variable: number): { readonly up: number; readonly down: number } {
  const { starts, others, entries } = draft.columns;
  let up = 0;
  let down = 0;
  for (let place = starts[variable]; place < starts[variable + 1]; place += 1) {
    const bias = draft.biases[entries[place]];
    const row = others[place];
    if (draft.stands[row] === 0 || bias === 0) continue;
    const comparison = draft.comparisons[row];
    const isLimitedUp = (comparison === COMPARISON.atMost) === bias > 0;
    if (comparison === COMPARISON.equal || isLimitedUp) up += 1;
    if (comparison === COMPARISON.equal || !isLimitedUp) down += 1;
  }
  draft.spend(1 + starts[variable + 1] - starts[variable]);
  return { up, down };
}

/**
 * The range of what one step up costs, given the bounds of the others; without limit for a variable
 * with a square of its own, whose slope is not its neighbours' alone.
 */
function slopeOf(
  draft: Draft,
  variable: number,
): { readonly least: number; readonly greatest: number } {
  const { starts, others, entries } = draft.neighbours;
  const { objective, sense } = draft.problem;
  const sign = sense === "minimise" ? 1 : -1;
  let least = sign * objective.linear[variable];
  let greatest = least;
  draft.spend(starts[variable + 1] - starts[variable]);
  for (let place = starts[variable]; place < starts[variable + 1]; place += 1) {
    if (draft.dropped.has(entries[place])) continue;
    const other = others[place];
    if (other === variable)
      return { least: Number.NEGATIVE_INFINITY, greatest: Number.POSITIVE_INFINITY };
    const bias = sign * objective.biases[entries[place]];
    least += bias * (bias > 0 ? draft.lower[other] : draft.upper[other]);
    greatest += bias * (bias > 0 ? draft.upper[other] : draft.lower[other]);
  }
  return { least, greatest };
}

/** Products of two variables of which at most one can be 1 leave the objective. */
export function dropExclusiveProducts(draft: Draft): void {
  const { constraints: rows } = draft.problem;
  const { starts, others, entries } = draft.neighbours;
  if (others.length === 0) return;
  const groupOf = new Int32Array(draft.problem.variableCount).fill(-1);
  for (let row = 0; row < rows.count && draft.workLeft > 0; row += 1) {
    if (!isExclusive(draft, row)) continue;
    const members = membersOf(draft, row);
    for (const member of members) groupOf[member] = row;
    for (const member of members) {
      draft.spend(starts[member + 1] - starts[member]);
      for (let place = starts[member]; place < starts[member + 1]; place += 1) {
        const other = others[place];
        if (other <= member || groupOf[other] !== row || draft.dropped.has(entries[place]))
          continue;
        draft.dropped.add(entries[place]);
        const variable = member;
        draft.log({ rule: "exclusive-pair", variable, row, change: "removed", value: 0 });
      }
    }
  }
}

/** Whether the row lets at most one of its binary variables be 1, and has no others. */
function isExclusive(draft: Draft, row: number): boolean {
  if (draft.stands[row] === 0 || !draft.isLinear(row)) return false;
  if (draft.comparisons[row] === COMPARISON.atLeast || draft.rightSides[row] !== 1) return false;
  const { starts, columns } = draft.problem.constraints;
  draft.spend(starts[row + 1] - starts[row]);
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    const variable = columns[entry];
    if (draft.biases[entry] === 0 || isFixedAtZero(draft, variable)) continue;
    if (draft.biases[entry] !== 1 || !isOpenBinary(draft, variable)) return false;
  }
  return true;
}

function membersOf(draft: Draft, row: number): number[] {
  const { starts, columns } = draft.problem.constraints;
  const members: number[] = [];
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    if (draft.biases[entry] === 1 && isOpenBinary(draft, columns[entry]))
      members.push(columns[entry]);
  }
  return members;
}

function isOpenBinary({ problem, lower, upper }: Draft, variable: number): boolean {
  return isBinary(problem, variable) && lower[variable] === 0 && upper[variable] === 1;
}

function isFixedAtZero({ lower, upper }: Draft, variable: number): boolean {
  return lower[variable] === 0 && upper[variable] === 0;
}

function isBinary({ vartypes }: QuadraticProblem, variable: number): boolean {
  return vartypes[variable] === VARTYPE.binary;
}
