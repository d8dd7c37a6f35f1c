/** The way from a problem to its normal form; linear in the size of the problem. */

import { COMPARISON, type QuadraticProblem, VARTYPE } from "../../model/quadratic-problem.ts";
import { HARD } from "../../ordered-selection.ts";
import { remembered } from "../remembered.ts";
import { columnEnds } from "./column-ends.ts";
import { RowCollection } from "./merge-rows.ts";
import type { ColumnPairs, NoNormalForm, NormalForm, NormalRows } from "./normal-form.ts";
import { roughRow } from "./row-precision.ts";
import { type Settlement, settle } from "./settle.ts";

/** What rounding may leave of a row whose variables are all decided. */
const SLACK = 1e-9;

/** The normal form of a problem with binary and integer variables and hard linear rows. */
export const normalForm = remembered((problem): NormalForm | NoNormalForm => {
  const reason = obstacleOf(problem);
  return reason === undefined ? normalise(problem) : none(reason);
});

function none(reason: string): NoNormalForm {
  return { kind: "none", reason };
}

function obstacleOf(problem: QuadraticProblem): string | undefined {
  const { vartypes, constraints } = problem;
  if (vartypes.includes(VARTYPE.spin)) return "it has spin variables";
  const { count, weights, pairBiases, labels } = constraints;
  for (let row = 0; row < count; row += 1) {
    if (weights[row] !== HARD) return `row ${labels[row]} is soft`;
  }
  if (pairBiases.some((bias) => bias !== 0)) return "it has quadratic rows";
  const rough = roughRow(problem);
  return rough === undefined ? undefined : `row ${rough} adds up numbers too far apart`;
}

function normalise(problem: QuadraticProblem): NormalForm | NoNormalForm {
  const settlement = settle(problem);
  if (typeof settlement === "string") return none(`row ${settlement} cannot hold`);
  const { columnOf, columnCount, flaw } = columnsOf(problem, settlement);
  if (flaw !== undefined) return none(flaw);
  const { bases, turns, reaches, variableOf } = ranges(settlement, columnOf, columnCount);
  const rows = normalRows(problem, settlement, { columnOf, bases, turns });
  if (typeof rows === "string") return none(`row ${rows} cannot hold`);
  const part = { problem, columnCount, variableOf, bases, turns, reaches, rows };
  const ends = columnEnds(rows, columnCount);
  return Object.freeze({ kind: "normal", ...part, ...objectiveOf(problem, columnOf, part), ends });
}

/** Where an interval of whole numbers begins and which way it is walked. */
interface Places {
  readonly columnOf: Int32Array;
  readonly bases: Float64Array;
  readonly turns: Int8Array;
}

/**
 * A column for every variable that something besides its own bias holds; the others get their best
 * value, in the settlement. The flaw is why there can be no normal form.
 */
function columnsOf(problem: QuadraticProblem, { lower, upper, isLive }: Settlement) {
  const { constraints: rows, objective, variableCount, sense } = problem;
  const columnOf = new Int32Array(variableCount).fill(-1);
  let columnCount = 0;
  const isFree = (variable: number) => lower[variable] < upper[variable];
  for (let row = 0; row < rows.count; row += 1) {
    if (isLive[row] === 0) continue;
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      if (rows.biases[entry] !== 0 && isFree(rows.columns[entry]))
        columnOf[rows.columns[entry]] = 0;
    }
  }
  const isLinear = objective.biases.length === 0;
  const biases = isLinear ? objective.linear : objective.linear.slice();
  for (let first = 0; first < variableCount; first += 1) {
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      const second = objective.columns[entry];
      const bias = objective.biases[entry];
      if (bias === 0) continue;
      if (isFree(first) && isFree(second)) {
        columnOf[first] = 0;
        columnOf[second] = 0;
      } else if (isFree(first)) biases[first] += bias * lower[second];
      else biases[second] += bias * lower[first];
    }
  }
  for (let variable = 0; variable < variableCount; variable += 1) {
    if (columnOf[variable] === 0) {
      columnOf[variable] = columnCount;
      columnCount += 1;
      const isAnchored = Math.max(lower[variable], -upper[variable]) > Number.NEGATIVE_INFINITY;
      if (!isAnchored) return { columnOf, columnCount, flaw: "it has variables without any bound" };
    } else if (isFree(variable)) {
      const cost = sense === "minimise" ? biases[variable] : -biases[variable];
      const isLow = cost > 0 || (cost === 0 && lower[variable] > Number.NEGATIVE_INFINITY);
      const best = isLow ? lower[variable] : upper[variable];
      if (!Number.isFinite(best)) {
        return { columnOf, columnCount, flaw: "its objective has no bound" };
      }
      lower[variable] = best;
      upper[variable] = best;
    }
  }
  return { columnOf, columnCount, flaw: undefined };
}

/** Where each column begins, and how far it goes; the settlement's lower bounds become bases. */
function ranges({ lower, upper }: Settlement, columnOf: Int32Array, columnCount: number) {
  const bases = lower;
  const turns = new Int8Array(columnCount).fill(1);
  const reaches = new Float64Array(columnCount);
  const variableOf = new Int32Array(columnCount);
  for (let variable = 0; variable < columnOf.length; variable += 1) {
    const column = columnOf[variable];
    if (column < 0) continue;
    variableOf[column] = variable;
    reaches[column] = upper[variable] - bases[variable];
    if (bases[variable] > Number.NEGATIVE_INFINITY) continue;
    bases[variable] = upper[variable];
    turns[column] = -1;
  }
  return { bases, turns, reaches, variableOf };
}

/** The rows in columns, or the label of one that cannot hold. */
function normalRows(
  { constraints }: QuadraticProblem,
  { isLive }: Settlement,
  { columnOf, bases, turns }: Places,
): NormalRows | string {
  const { starts, columns, biases, comparisons, rightSides, labels } = constraints;
  const collection = new RowCollection(biases.length);
  for (let row = 0; row < constraints.count; row += 1) {
    if (isLive[row] === 0) continue;
    let fixed = 0;
    let length = 0;
    for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
      const variable = columns[entry];
      const bias = biases[entry];
      if (bias === 0) continue;
      fixed += bias * bases[variable];
      if (columnOf[variable] < 0) continue;
      collection.push(columnOf[variable], bias * turns[columnOf[variable]]);
      length += 1;
    }
    const rest = rightSides[row] - fixed;
    const low = comparisons[row] === COMPARISON.atMost ? Number.NEGATIVE_INFINITY : rest;
    const high = comparisons[row] === COMPARISON.atLeast ? Number.POSITIVE_INFINITY : rest;
    const holds = length === 0 ? low <= SLACK && high >= -SLACK : collection.close(row, low, high);
    if (!holds) return labels[row];
  }
  return collection.finish();
}

/** The objective in columns, to be minimised. */
function objectiveOf(
  { objective, sense, variableCount }: QuadraticProblem,
  columnOf: Int32Array,
  { bases, turns, columnCount }: Pick<NormalForm, "bases" | "turns" | "columnCount">,
): { readonly costs: Float64Array; readonly constant: number; readonly pairs: ColumnPairs } {
  const sign = sense === "minimise" ? 1 : -1;
  const costs = new Float64Array(columnCount);
  // An array of one: a variable that a closure writes would be allocated anew each time.
  const constant = Float64Array.of(objective.offset);
  const addLinear = (variable: number, bias: number) => {
    constant[0] += bias * bases[variable];
    const column = columnOf[variable];
    if (column >= 0) costs[column] += sign * bias * turns[column];
  };
  const pairMax = objective.biases.length;
  const pairs = {
    firsts: new Int32Array(pairMax),
    seconds: new Int32Array(pairMax),
    biases: new Float64Array(pairMax),
  };
  let count = 0;
  for (let first = 0; first < variableCount; first += 1) {
    addLinear(first, objective.linear[first]);
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      const second = objective.columns[entry];
      const bias = objective.biases[entry];
      if (bias === 0) continue;
      const [one, other] = [columnOf[first], columnOf[second]];
      // (base + turn y)(base' + turn' y'): what is linear goes to the variables, once each.
      constant[0] -= bias * bases[first] * bases[second];
      addLinear(first, bias * bases[second]);
      addLinear(second, bias * bases[first]);
      if (one < 0 || other < 0) continue;
      pairs.firsts[count] = one;
      pairs.seconds[count] = other;
      pairs.biases[count] = sign * bias * turns[one] * turns[other];
      count += 1;
    }
  }
  return { costs, constant: sign * constant[0], pairs: { count, ...pairs } };
}
