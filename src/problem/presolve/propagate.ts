/**
 * What rows say about bounds. The least and greatest left side of a row follow from the bounds of
 * its variables; they show that a row cannot hold, that it always holds, that it only holds at
 * these bounds, or that a variable has less room than its bounds say.
 */
import { COMPARISON } from "../model/quadratic-problem.ts";
import type { Draft } from "./draft.ts";
import { productRange } from "./product-range.ts";

/** The range of a row's left side; infinite ends are counted, so that one can be taken out. */
interface Activity {
  readonly least: number;
  readonly greatest: number;
  readonly leastInfinities: number;
  readonly greatestInfinities: number;
  readonly magnitude: number;
}

/** Looks at rows until nothing changes, the work is gone, or they clash. */
export function propagate(draft: Draft): void {
  while (draft.conflict === undefined && draft.workLeft > 0) {
    const row = draft.dequeue();
    if (row === undefined) return;
    if (draft.stands[row] === 1) lookAt(draft, row);
  }
}

function lookAt(draft: Draft, row: number): void {
  const { starts } = draft.problem.constraints;
  draft.spend(1 + 2 * (starts[row + 1] - starts[row]));
  const activity = activityOf(draft, row);
  const slack = draft.slackOf(row, activity.magnitude);
  const comparison = draft.comparisons[row];
  const rightSide = draft.rightSides[row];
  const least = activity.leastInfinities > 0 ? Number.NEGATIVE_INFINITY : activity.least;
  const greatest = activity.greatestInfinities > 0 ? Number.POSITIVE_INFINITY : activity.greatest;
  const cannotExceed = greatest <= rightSide - slack;
  const cannotFallBelow = least >= rightSide + slack;
  const boundsAbove = comparison !== COMPARISON.atLeast;
  const boundsBelow = comparison !== COMPARISON.atMost;
  if ((cannotExceed || !boundsAbove) && (cannotFallBelow || !boundsBelow)) {
    draft.remove(row, "redundant-row");
    return;
  }
  if (!draft.isHard(row)) return;
  const isBroken =
    (boundsAbove && least > rightSide + slack) || (boundsBelow && greatest < rightSide - slack);
  if (isBroken) {
    draft.refute([row]);
    return;
  }
  if (!draft.isLinear(row)) return;
  const isAtLeast = boundsAbove && least === rightSide;
  const isAtGreatest = boundsBelow && greatest === rightSide;
  const isForcing = draft.isIntegral[row] === 1 && (isAtLeast || isAtGreatest);
  if (isForcing && !draft.hasPinned(row)) force(draft, row, isAtLeast);
  else tighten(draft, row, activity, slack);
}

/** The row holds only with its left side at its least, or at its greatest. */
function force(draft: Draft, row: number, toLeast: boolean): void {
  const { starts, columns } = draft.problem.constraints;
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    const variable = columns[entry];
    if (draft.biases[entry] === 0) continue;
    const toLower = draft.biases[entry] > 0 === toLeast;
    if (toLower) draft.reduce(variable, draft.lower[variable], "forcing-row", [row]);
    else draft.raise(variable, draft.upper[variable], "forcing-row", [row]);
  }
  draft.remove(row, "forcing-row");
}

function tighten(draft: Draft, row: number, activity: Activity, slack: number): void {
  const { starts, columns } = draft.problem.constraints;
  const comparison = draft.comparisons[row];
  const rightSide = draft.rightSides[row];
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    const bias = draft.biases[entry];
    const variable = columns[entry];
    if (bias === 0 || draft.isFixed(variable)) continue;
    const lower = bias * draft.lower[variable];
    const upper = bias * draft.upper[variable];
    const least = withoutOne(activity.least, activity.leastInfinities, Math.min(lower, upper));
    const greatest = withoutOne(
      activity.greatest,
      activity.greatestInfinities,
      Math.max(lower, upper),
    );
    if (comparison !== COMPARISON.atLeast) {
      limit(draft, row, variable, bias, rightSide - least + slack, slack);
    }
    if (comparison !== COMPARISON.atMost) {
      limit(draft, row, variable, -bias, greatest - rightSide + slack, slack);
    }
    if (draft.conflict !== undefined) return;
  }
}

/** `bias` times the variable is at most `room`. */
function limit(
  draft: Draft,
  row: number,
  variable: number,
  bias: number,
  room: number,
  slack: number,
): void {
  if (!Number.isFinite(room)) return;
  // Rounding a quotient outward keeps every value that the row allows.
  const edge = room / bias;
  const leeway = slack === 0 ? 0 : Math.abs(slack / bias);
  const bound = bias > 0 ? Math.floor(edge + leeway) : Math.ceil(edge - leeway);
  if (bias > 0) draft.reduce(variable, bound, "bound-propagation", [row]);
  else draft.raise(variable, bound, "bound-propagation", [row]);
}

/** The sum without one of its terms; infinite when another term is. */
function withoutOne(sum: number, infinities: number, term: number): number {
  if (Number.isFinite(term)) return infinities === 0 ? sum - term : Number.NaN;
  return infinities === 1 ? sum : Number.NaN;
}

function activityOf(draft: Draft, row: number): Activity {
  const rows = draft.problem.constraints;
  const sums = { least: 0, greatest: 0, leastInfinities: 0, greatestInfinities: 0, magnitude: 0 };
  const add = (low: number, high: number) => {
    if (Number.isFinite(low)) sums.least += low;
    else sums.leastInfinities += 1;
    if (Number.isFinite(high)) sums.greatest += high;
    else sums.greatestInfinities += 1;
    const size = Math.max(Math.abs(low), Math.abs(high));
    if (Number.isFinite(size)) sums.magnitude += size;
  };
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    const bias = draft.biases[entry];
    if (bias === 0) continue;
    const variable = rows.columns[entry];
    const atLower = bias * draft.lower[variable];
    const atUpper = bias * draft.upper[variable];
    add(Math.min(atLower, atUpper), Math.max(atLower, atUpper));
  }
  for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
    const range = productRange(draft, rows.pairFirsts[entry], rows.pairSeconds[entry]);
    const bias = draft.pairBiases[entry];
    const [low, high] = bias > 0 ? range : [range[1], range[0]];
    add(low * bias, high * bias);
  }
  return sums;
}
