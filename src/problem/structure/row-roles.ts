/**
 * What a row of a normal form says where it counts: exactly one, at most one or at least one of
 * these columns.
 */
import type { NormalForm } from "./normal-form/normal-form.ts";

/** What a row says of the number of its columns that are 1. */
export type RowRole = "exactly-one" | "at-most-one" | "at-least-one" | "other";

/** The role of every row. */
export function rowRoles(form: NormalForm): readonly RowRole[] {
  return Array.from({ length: form.rows.count }, (_, row) => roleOf(form, row));
}

/** Whether every bias of a row is 1. */
export function isSum({ rows }: NormalForm, row: number): boolean {
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    if (rows.biases[entry] !== 1) return false;
  }
  return true;
}

/** Whether the row only bounds its sum from one side, and is not met by every choice. */
export function isOneSided({ rows }: NormalForm, row: number): boolean {
  return Number.isFinite(rows.lows[row]) !== Number.isFinite(rows.highs[row]);
}

function roleOf(form: NormalForm, row: number): RowRole {
  const { lows, highs } = form.rows;
  if (!isSum(form, row)) return "other";
  if (highs[row] === 1)
    return lows[row] === 1 ? "exactly-one" : lows[row] <= 0 ? "at-most-one" : "other";
  return lows[row] === 1 && highs[row] === Number.POSITIVE_INFINITY ? "at-least-one" : "other";
}
