/**
 * What bounds and single rows already decide: a row of one variable is a bound, a row that can only
 * just be met fixes all its variables, and a row that cannot fail says nothing.
 */
import { COMPARISON, type QuadraticProblem } from "../../model/quadratic-problem.ts";

/** Rounds over all rows; what takes longer is for presolve to find. */
const ROUNDS_MAX = 4;
/** How far sums of decimals may be off, relative to their terms. */
const ROUNDING = 4 * Number.EPSILON;
/** How far a bound may be from the whole number it means. */
const WHOLE = 1e-9;

/** Bounds of every variable, and which rows still say something. */
export interface Settlement {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly isLive: Uint8Array;
}

/** Settles what can be; the label of a row that cannot hold if there is one. */
export function settle(problem: QuadraticProblem): Settlement | string {
  const { count, labels } = problem.constraints;
  const settlement = {
    lower: problem.lowerBounds.slice(),
    upper: problem.upperBounds.slice(),
    isLive: new Uint8Array(count).fill(1),
  };
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    let isChanged = false;
    for (let row = 0; row < count; row += 1) {
      if (settlement.isLive[row] === 0) continue;
      const change = settleRow(problem, settlement, row);
      if (change === "contradiction") return labels[row];
      isChanged ||= change === "changed";
    }
    if (!isChanged) break;
  }
  return settlement;
}

/** Lowest and highest value of a row's left side. */
interface Activity {
  readonly least: number;
  readonly most: number;
  /** What its fixed variables add. */
  readonly fixed: number;
  /** Size of the terms that may be rounded. */
  readonly roughness: number;
  readonly freeCount: number;
  /** An entry whose variable is not fixed. */
  readonly freeEntry: number;
}

function settleRow(
  problem: QuadraticProblem,
  settlement: Settlement,
  row: number,
): "same" | "changed" | "contradiction" {
  const rows = problem.constraints;
  const { least, most, fixed, roughness, freeCount, freeEntry } = activityOf(
    problem,
    settlement,
    row,
  );
  const rightSide = rows.rightSides[row];
  const low = rows.comparisons[row] === COMPARISON.atMost ? Number.NEGATIVE_INFINITY : rightSide;
  const high = rows.comparisons[row] === COMPARISON.atLeast ? Number.POSITIVE_INFINITY : rightSide;
  const isExact = roughness === 0 && Number.isInteger(rightSide);
  const slack = isExact ? 0 : ROUNDING * (roughness + Math.abs(rightSide));
  if (least > high + slack || most < low - slack) return "contradiction";
  if (least >= low - slack && most <= high + slack) {
    settlement.isLive[row] = 0;
    return "same";
  }
  const isTight = least >= high - slack || most <= low + slack;
  if (isTight) return pinAll(problem, settlement, row, least >= high - slack);
  if (freeCount !== 1) return "same";
  settlement.isLive[row] = 0;
  const bias = rows.biases[freeEntry];
  const ends = [(low - fixed) / bias, (high - fixed) / bias];
  return boundOne(settlement, rows.columns[freeEntry], Math.min(...ends), Math.max(...ends));
}

function activityOf(problem: QuadraticProblem, settlement: Settlement, row: number): Activity {
  const { starts, columns, biases } = problem.constraints;
  const { lower, upper } = settlement;
  let [least, most, fixed, roughness, freeCount, freeEntry] = [0, 0, 0, 0, 0, -1];
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    const bias = biases[entry];
    if (bias === 0) continue;
    const variable = columns[entry];
    const atLower = bias * lower[variable];
    const atUpper = bias * upper[variable];
    least += Math.min(atLower, atUpper);
    most += Math.max(atLower, atUpper);
    if (!Number.isInteger(bias)) {
      const reach = Math.max(Math.abs(atLower), Math.abs(atUpper));
      roughness += reach < Number.POSITIVE_INFINITY ? reach : Math.abs(bias);
    }
    if (lower[variable] === upper[variable]) {
      fixed += atLower;
      continue;
    }
    freeCount += 1;
    freeEntry = entry;
  }
  return { least, most, fixed, roughness, freeCount, freeEntry };
}

/** Fixes every variable of a row where its left side is least, or where it is most. */
function pinAll(
  problem: QuadraticProblem,
  { lower, upper, isLive }: Settlement,
  row: number,
  isLeast: boolean,
): "changed" {
  const { starts, columns, biases } = problem.constraints;
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    const variable = columns[entry];
    if (biases[entry] === 0) continue;
    if (biases[entry] > 0 === isLeast) upper[variable] = lower[variable];
    else lower[variable] = upper[variable];
  }
  isLive[row] = 0;
  return "changed";
}

function boundOne(
  { lower, upper }: Settlement,
  variable: number,
  low: number,
  high: number,
): "changed" | "contradiction" {
  lower[variable] = Math.max(lower[variable], Math.ceil(low - WHOLE));
  upper[variable] = Math.min(upper[variable], Math.floor(high + WHOLE));
  return lower[variable] > upper[variable] ? "contradiction" : "changed";
}
