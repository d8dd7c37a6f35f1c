/**
 * Dominated columns: where one variable can always move in place of another, at no loss in the
 * objective and with no more strain on any row, the other need never leave its bound
 * (G. Gamrath et al., Mathematical Programming Computation 7, 2015, section 4: j dominates k, and
 * the upper bound of j, or the lower one of k, is implied).
 *
 * The proof is an exchange: a feasible sample stays feasible as j rises by as much as k falls. A
 * row that limits j to its upper bound whatever the others do still holds, so j does not pass that
 * bound before k has reached its own. Downwards it is the same, mirrored.
 */
import { COMPARISON, VARTYPE } from "../model/quadratic-problem.ts";
import type { Draft } from "./draft.ts";

/** Which way the variable moves that takes over. */
type Direction = 1 | -1;

/** Dominating variables that one is compared with. */
const RIVALS_MAX = 32;
/** Of the work left, what this may take: other reductions follow. */
const WORK_SHARE = 0.5;
/** Values beyond do not fit in a sample. */
const REACH = 2 ** 31;

/**
 * Fixes dominated variables. Both must stand in the row that limits the dominating one, and agree
 * in every equality: only such pairs are compared, and of each variable's rivals the best few.
 */
export function fixDominated(draft: Draft): void {
  const { constraints: rows, variableCount } = draft.problem;
  const workKept = draft.workLeft * (1 - WORK_SHARE);
  const signatures = Int32Array.from({ length: variableCount }, (_, variable) =>
    signatureOf(draft, variable),
  );
  for (let row = 0; row < rows.count && draft.workLeft > workKept; row += 1) {
    const isClear = draft.isIntegral[row] === 1 && draft.isLinear(row);
    if (draft.stands[row] === 0 || !isClear) continue;
    for (const sign of [1, -1] as const) {
      const isSaid =
        draft.comparisons[row] !== (sign === 1 ? COMPARISON.atLeast : COMPARISON.atMost);
      if (isSaid) fixIn(draft, { row, sign, room: roomIn(draft, row, sign) }, signatures, workKept);
    }
  }
}

/** A row read as `sign` times its left side being at most `sign` times its right side. */
interface Limit {
  readonly row: number;
  readonly sign: Direction;
  /** How far the left side may rise from its least; infinite where it has none. */
  readonly room: number;
}

function fixIn(draft: Draft, limit: Limit, signatures: Int32Array, workKept: number): void {
  if (!Number.isFinite(limit.room)) return;
  for (const direction of [1, -1] as const) {
    const members = membersOf(draft, limit, direction);
    if (members.length < 2) continue;
    const { sense, objective } = draft.problem;
    const sign = sense === "minimise" ? direction : -direction;
    const sizeOf = (entry: number) => Math.abs(draft.biases[entry]);
    const { columns } = draft.problem.constraints;
    const costOf = (entry: number) => sign * objective.linear[columns[entry]];
    members.sort(
      (a, b) =>
        signatures[columns[a]] - signatures[columns[b]] ||
        costOf(a) - costOf(b) ||
        sizeOf(a) - sizeOf(b) ||
        a - b,
    );
    let rivals: number[] = [];
    let signature = 0;
    for (const entry of members) {
      if (draft.workLeft <= workKept) return;
      const variable = columns[entry];
      if (signatures[variable] !== signature) rivals = [];
      signature = signatures[variable];
      const rival = rivals.find((one) => isNoHarder(draft, one, variable, direction));
      if (rival !== undefined) fix(draft, variable, { rival, row: limit.row, direction });
      else if (rivals.length < RIVALS_MAX && isLimited(draft, limit, entry)) rivals.push(variable);
    }
  }
}

function fix(
  draft: Draft,
  variable: number,
  { rival, row, direction }: { rival: number; row: number; direction: Direction },
): void {
  const behind = [row, ...draft.rowsOf(variable), ...draft.rowsOf(rival)];
  if (direction === 1) draft.reduce(variable, draft.lower[variable], "dominated-column", behind);
  else draft.raise(variable, draft.upper[variable], "dominated-column", behind);
}

/** How far the row's left side, times `sign`, may rise from its least. */
function roomIn(draft: Draft, row: number, sign: Direction): number {
  const { starts, columns } = draft.problem.constraints;
  let room = sign * draft.rightSides[row];
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    const bias = sign * draft.biases[entry];
    if (bias > 0) room -= bias * draft.lower[columns[entry]];
    else if (bias < 0) room -= bias * draft.upper[columns[entry]];
  }
  draft.spend(1 + starts[row + 1] - starts[row]);
  return room;
}

/** Entries of open variables whose moving in the direction the row limits; none if none is one. */
function membersOf(draft: Draft, limit: Limit, direction: Direction): number[] {
  const { starts, columns } = draft.problem.constraints;
  const { row, sign } = limit;
  const members: number[] = [];
  let hasRival = false;
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    const isAgainst = direction * sign * draft.biases[entry] > 0;
    if (!isAgainst || !isOpen(draft, columns[entry])) continue;
    members.push(entry);
    hasRival ||= isLimited(draft, limit, entry);
  }
  draft.spend(1 + starts[row + 1] - starts[row]);
  return hasRival ? members : [];
}

/** Whether the row alone keeps the variable within the bound that it moves to. */
function isLimited(draft: Draft, { sign, room }: Limit, entry: number): boolean {
  const variable = draft.problem.constraints.columns[entry];
  const [lower, upper] = [draft.lower[variable], draft.upper[variable]];
  const steps = Math.floor(room / Math.abs(draft.biases[entry]));
  const farthest = sign * draft.biases[entry] > 0 ? lower + steps : upper - steps;
  return farthest >= lower && farthest <= upper && Math.abs(farthest) < REACH;
}

/** Whether all there is to a variable are its linear bias and its rows, and steps of 1. */
function isOpen(draft: Draft, variable: number): boolean {
  if (draft.isEntangled[variable] === 1 || draft.isPinned[variable] === 1) return false;
  if (draft.isFixed(variable) || draft.problem.vartypes[variable] === VARTYPE.spin) return false;
  const isBeyond = (bound: number) => Number.isFinite(bound) && Math.abs(bound) >= REACH;
  if (isBeyond(draft.lower[variable]) || isBeyond(draft.upper[variable])) return false;
  const { starts, entries } = draft.neighbours;
  for (let place = starts[variable]; place < starts[variable + 1]; place += 1) {
    if (!draft.dropped.has(entries[place])) return false;
  }
  return true;
}

/** Whether no row is strained by `rival` moving a step while `other` moves one back. */
function isNoHarder(draft: Draft, rival: number, other: number, direction: Direction): boolean {
  const { starts, others: rows, entries } = draft.columns;
  const [ourEnd, theirEnd] = [starts[rival + 1], starts[other + 1]];
  let [ours, theirs] = [starts[rival], starts[other]];
  while (ours < ourEnd || theirs < theirEnd) {
    draft.spend(1);
    const ourRow = ours < ourEnd ? rows[ours] : Number.POSITIVE_INFINITY;
    const theirRow = theirs < theirEnd ? rows[theirs] : Number.POSITIVE_INFINITY;
    const row = Math.min(ourRow, theirRow);
    let more = 0;
    if (ourRow === row) more += direction * draft.biases[entries[ours++]];
    if (theirRow === row) more -= direction * draft.biases[entries[theirs++]];
    if (draft.stands[row] === 0) continue;
    if (more > 0 && draft.comparisons[row] !== COMPARISON.atLeast) return false;
    if (more < 0 && draft.comparisons[row] !== COMPARISON.atMost) return false;
  }
  return true;
}

/** Equal for variables that agree in every equality, and seldom for others. */
function signatureOf(draft: Draft, variable: number): number {
  const { starts, others, entries } = draft.columns;
  let signature = 0;
  for (let place = starts[variable]; place < starts[variable + 1]; place += 1) {
    const row = others[place];
    const bias = draft.biases[entries[place]];
    const isEquality = draft.comparisons[row] === COMPARISON.equal && draft.stands[row] === 1;
    if (isEquality && bias !== 0) signature = Math.imul(signature ^ row, 0x01000193) ^ bias;
  }
  draft.spend(1 + starts[variable + 1] - starts[variable]);
  return signature;
}
