/**
 * Rows said more plainly: in whole numbers where they are decimals, divided by a common divisor,
 * written as a count of binary variables where they are one, and with biases no larger than they
 * need be. All but the first on rows of integers, where sums are exact; a row of other fractions is
 * left as its author wrote it.
 */

import { wholeScale } from "../conversion/integral-row.ts";
import { COMPARISON, VARTYPE } from "../model/quadratic-problem.ts";
import { type Draft, reversed } from "./draft.ts";

/** A row without its fixed variables: the entries of the others, and what is left for them. */
interface OpenRow {
  readonly entries: readonly number[];
  readonly rightSide: number;
}

/** Rewrites every row that must hold and has no products. */
export function rewriteRows(draft: Draft): void {
  const { count } = draft.problem.constraints;
  for (let row = 0; row < count && draft.workLeft > 0; row += 1) {
    if (draft.stands[row] === 0 || !draft.isLinear(row) || draft.isIntegral[row] === 0) continue;
    const open = openRow(draft, row);
    draft.spend(4 * open.entries.length);
    if (open.entries.length === 0) continue;
    tightenBiases(draft, row, open);
    divide(draft, row);
    if (draft.conflict !== undefined) return;
    countBinaries(draft, row);
  }
}

/**
 * Turns rows of decimals that must hold into rows of integers, by a power of ten; pins variables
 * of rows that no power of ten makes whole.
 */
export function scaleDecimals(draft: Draft): void {
  const { constraints: rows } = draft.problem;
  for (let row = 0; row < rows.count && draft.workLeft > 0; row += 1) {
    if (draft.isIntegral[row] === 1 || !draft.isHard(row)) continue;
    const entries = draft.biases.subarray(rows.starts[row], rows.starts[row + 1]);
    const pairs = draft.pairBiases.subarray(rows.pairStarts[row], rows.pairStarts[row + 1]);
    const scale = wholeScale([entries, pairs, [draft.rightSides[row]]]);
    draft.spend(10 * (entries.length + pairs.length));
    if (scale === undefined || scale === 1) continue;
    const whole = (value: number) => Math.round(value * scale);
    entries.set(entries.map(whole));
    pairs.set(pairs.map(whole));
    draft.rightSides[row] = whole(draft.rightSides[row]);
    draft.reviewExactness(row);
    rewritten(draft, row, "whole-numbers", undefined);
  }
  draft.pinFractions();
}

function openRow(draft: Draft, row: number): OpenRow {
  const { starts, columns } = draft.problem.constraints;
  const entries: number[] = [];
  let rightSide = draft.rightSides[row];
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    if (draft.biases[entry] === 0) continue;
    if (!draft.isFixed(columns[entry])) entries.push(entry);
    else rightSide -= draft.biases[entry] * draft.lower[columns[entry]];
  }
  return { entries, rightSide };
}

/**
 * Where the row is slack with a binary variable at one value, its bias need be no larger than what
 * the other value takes: a x <= b with the rest at most m < b becomes (a - d) x <= b - d, d = b - m
 * (M. Savelsbergh, ORSA Journal on Computing 6(4), 1994).
 */
function tightenBiases(draft: Draft, row: number, open: OpenRow): void {
  if (draft.comparisons[row] === COMPARISON.equal) return;
  const { columns } = draft.problem.constraints;
  // An at-least row is an at-most row of its negation.
  const sign = draft.comparisons[row] === COMPARISON.atMost ? 1 : -1;
  let rightSide = sign * open.rightSide;
  let greatest = greatestOf(draft, open.entries, sign);
  for (const entry of open.entries) {
    const variable = columns[entry];
    if (draft.problem.vartypes[variable] !== VARTYPE.binary) continue;
    const bias = sign * draft.biases[entry];
    const spare = rightSide - (greatest - Math.abs(bias));
    if (!(spare > 0 && spare < Math.abs(bias))) continue;
    draft.biases[entry] -= sign * Math.sign(bias) * spare;
    if (bias > 0) {
      draft.rightSides[row] -= sign * spare;
      rightSide -= spare;
      greatest -= spare;
    }
    rewritten(draft, row, "tightened-coefficient", variable);
  }
}

function greatestOf(draft: Draft, entries: readonly number[], sign: number): number {
  const { columns } = draft.problem.constraints;
  let sum = 0;
  for (const entry of entries) {
    const bias = sign * draft.biases[entry];
    const variable = columns[entry];
    sum += bias * (bias > 0 ? draft.upper[variable] : draft.lower[variable]);
  }
  return sum;
}

/** Divides by the common divisor of the biases; an inequality's right side is rounded inward. */
function divide(draft: Draft, row: number): void {
  const { entries, rightSide } = openRow(draft, row);
  let divisor = 0;
  for (const entry of entries) divisor = commonDivisor(divisor, Math.abs(draft.biases[entry]));
  if (divisor <= 1) return;
  const quotient = rightSide / divisor;
  const comparison = draft.comparisons[row];
  if (comparison === COMPARISON.equal && !Number.isInteger(quotient)) {
    draft.refute([row]);
    return;
  }
  const inward = comparison === COMPARISON.atMost ? Math.floor(quotient) : Math.ceil(quotient);
  replace(draft, row, entries, (entry) => draft.biases[entry] / divisor, inward);
  rewritten(draft, row, "divided-row", undefined);
}

/**
 * A row over binary variables that, whatever the biases, allows any k of them and no k + 1: said
 * as a count, so that who looks for groups finds one.
 */
function countBinaries(draft: Draft, row: number): void {
  const { columns } = draft.problem.constraints;
  const { entries, rightSide } = openRow(draft, row);
  if (entries.length < 2) return;
  const isNegative = draft.biases[entries[0]] < 0;
  for (const entry of entries) {
    if (draft.problem.vartypes[columns[entry]] !== VARTYPE.binary) return;
    if (draft.biases[entry] < 0 !== isNegative) return;
  }
  const sign = isNegative ? -1 : 1;
  const comparison = isNegative ? reversed(draft.comparisons[row]) : draft.comparisons[row];
  const sizes = entries.map((entry) => sign * draft.biases[entry]).sort((a, b) => a - b);
  const isPlain = sizes[sizes.length - 1] === 1;
  if (isPlain && !isNegative) return;
  const count = isPlain ? sign * rightSide : countOf(sizes, comparison, sign * rightSide);
  if (count === undefined) return;
  draft.comparisons[row] = comparison;
  replace(draft, row, entries, () => 1, count);
  rewritten(draft, row, "found-group", undefined);
}

/** The k with: any k of the sizes fit, no k + 1 do; or, at least: any k suffice, no k - 1 do. */
function countOf(
  sizes: readonly number[],
  comparison: number,
  rightSide: number,
): number | undefined {
  if (comparison === COMPARISON.equal) return undefined;
  const isAtMost = comparison === COMPARISON.atMost;
  const smallest = runningSums(sizes);
  const greatest = runningSums(sizes.toReversed());
  for (let count = 0; count <= sizes.length; count += 1) {
    const holds = isAtMost
      ? greatest[count] <= rightSide &&
        (smallest[count + 1] ?? Number.POSITIVE_INFINITY) > rightSide
      : smallest[count] >= rightSide && (count === 0 || greatest[count - 1] < rightSide);
    if (holds) return count;
  }
  return undefined;
}

function runningSums(sizes: readonly number[]): number[] {
  const sums = [0];
  for (const size of sizes) sums.push((sums.at(-1) ?? 0) + size);
  return sums;
}

/** Gives the open entries new biases; the fixed ones leave the row. */
function replace(
  draft: Draft,
  row: number,
  open: readonly number[],
  biasOf: (entry: number) => number,
  rightSide: number,
): void {
  const { starts } = draft.problem.constraints;
  const biases = open.map(biasOf);
  draft.biases.fill(0, starts[row], starts[row + 1]);
  open.forEach((entry, place) => {
    draft.biases[entry] = biases[place];
  });
  draft.rightSides[row] = rightSide;
}

function rewritten(
  draft: Draft,
  row: number,
  rule: "whole-numbers" | "tightened-coefficient" | "divided-row" | "found-group",
  variable: number | undefined,
): void {
  draft.log({ rule, variable, row, change: "rewritten", value: 0 });
  draft.enqueue(row);
}

function commonDivisor(a: number, b: number): number {
  let [greater, lesser] = [a, b];
  while (lesser !== 0) [greater, lesser] = [lesser, greater % lesser];
  return greater;
}
