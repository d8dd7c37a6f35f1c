/**
 * Rows with the same left side up to a factor: of two that point the same way the looser one is
 * superfluous, two that meet are an equality, and two that miss each other clash.
 */
import { COMPARISON } from "../model/quadratic-problem.ts";
import { type Draft, reversed } from "./draft.ts";

/** Merges rows that must hold and have no products. */
export function mergeParallelRows(draft: Draft): void {
  const { count } = draft.problem.constraints;
  const groups = new Map<string, number[]>();
  for (let row = 0; row < count && draft.workLeft > 0; row += 1) {
    if (draft.stands[row] === 0 || !draft.isLinear(row)) continue;
    const key = leftSideOf(draft, row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  for (const [kept, ...others] of groups.values()) {
    for (const other of others) {
      if (draft.conflict !== undefined) return;
      mergeInto(draft, kept, other);
    }
  }
}

/** The left side, its first bias positive, as text. */
function leftSideOf(draft: Draft, row: number): string {
  const { starts, columns } = draft.problem.constraints;
  const factor = leading(draft, row);
  const parts: string[] = [];
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    const bias = draft.biases[entry];
    if (bias !== 0) parts.push(`${columns[entry]}:${bias / factor}`);
  }
  draft.spend(4 * parts.length);
  return parts.join(" ");
}

/**
 * What a row is divided by to be compared with others. Rows of integers have no common divisor by
 * now, so equal ones differ in sign alone.
 */
function leading(draft: Draft, row: number): number {
  const { starts } = draft.problem.constraints;
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    if (draft.biases[entry] !== 0) return Math.sign(draft.biases[entry]);
  }
  return 1;
}

function mergeInto(draft: Draft, kept: number, other: number): void {
  const isOpposite = leading(draft, kept) !== leading(draft, other);
  const rightSide = isOpposite ? -draft.rightSides[other] : draft.rightSides[other];
  const comparison = isOpposite ? reversed(draft.comparisons[other]) : draft.comparisons[other];
  const [low, high] = intersection(
    rangeOf(draft.comparisons[kept], draft.rightSides[kept]),
    rangeOf(comparison, rightSide),
  );
  if (low > high) {
    const isClear = draft.isIntegral[kept] === 1 && draft.isIntegral[other] === 1;
    if (isClear) draft.refute([kept, other]);
    return;
  }
  if (Number.isFinite(low) && Number.isFinite(high) && low !== high) return; // A range needs both.
  draft.comparisons[kept] =
    low === high
      ? COMPARISON.equal
      : high < Number.POSITIVE_INFINITY
        ? COMPARISON.atMost
        : COMPARISON.atLeast;
  draft.rightSides[kept] = Number.isFinite(low) ? low : high;
  draft.isIntegral[kept] &= draft.isIntegral[other];
  draft.merge(kept, other);
}

type Range = readonly [low: number, high: number];

function rangeOf(comparison: number, rightSide: number): Range {
  return [
    comparison === COMPARISON.atMost ? Number.NEGATIVE_INFINITY : rightSide,
    comparison === COMPARISON.atLeast ? Number.POSITIVE_INFINITY : rightSide,
  ];
}

function intersection(a: Range, b: Range): Range {
  return [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
}
