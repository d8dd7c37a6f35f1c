/**
 * Duplicate columns: integer variables that cost the same and stand in the same rows with the same
 * biases count by their sum alone, so that one variable is enough for them (T. Achterberg et al.,
 * INFORMS Journal on Computing 32(2), 2020, parallel columns of equal scale). Two-valued variables
 * stay apart: the structures that are recognised later are made of them.
 */
import { VARTYPE } from "../model/quadratic-problem.ts";
import type { Draft } from "./draft.ts";

/** Two variables in one: `kept` stands for the sum, `gone` is 0. */
export interface Fold {
  readonly kept: number;
  readonly gone: number;
  /** Greatest value of `kept` before it took in `gone`, and least of `gone`. */
  readonly keptMax: number;
  readonly goneMin: number;
}

/** With fewer values than this a variable is two-valued or fixed. */
const VALUES_MIN = 3;
/** Values beyond do not fit in a sample. */
const REACH = 2 ** 31;

/**
 * Merges duplicates into the first of them, in the draft's indices. For the beginning of the first
 * round, where no bound has a reason yet: the sum's bounds follow from those of the problem alone.
 */
export function mergeDuplicates(draft: Draft): readonly Fold[] {
  const folds: Fold[] = [];
  const { vartypes, variableCount } = draft.problem;
  const firstOf = new Map<number, number>();
  for (let variable = 0; variable < variableCount && draft.workLeft > 0; variable += 1) {
    if (vartypes[variable] !== VARTYPE.integer || !canMerge(draft, variable)) continue;
    const hash = hashOf(draft, variable);
    const first = firstOf.get(hash);
    if (first === undefined || !areEqual(draft, first, variable)) firstOf.set(hash, variable);
    else if (fitsTogether(draft, first, variable)) folds.push(merged(draft, first, variable));
  }
  return folds;
}

/** The sample's values with each sum where {@link mergeDuplicates} expects it; in place. */
export function fold(values: Int32Array, folds: readonly Fold[]): Int32Array {
  for (const { kept, gone } of folds) {
    values[kept] += values[gone];
    values[gone] = 0;
  }
  return values;
}

/** Undoes {@link fold}: each sum fills its first variable, and then the second; in place. */
export function unfold(values: Int32Array, folds: readonly Fold[]): Int32Array {
  for (let place = folds.length - 1; place >= 0; place -= 1) {
    const { kept, gone, keptMax, goneMin } = folds[place];
    const sum = values[kept];
    values[kept] = Math.min(keptMax, sum - goneMin);
    values[gone] = sum - values[kept];
  }
  return values;
}

function canMerge(draft: Draft, variable: number): boolean {
  const { starts } = draft.neighbours;
  const span = draft.upper[variable] - draft.lower[variable];
  return (
    span + 1 >= VALUES_MIN &&
    Number.isFinite(span) &&
    starts[variable] === starts[variable + 1] &&
    draft.isEntangled[variable] === 0 &&
    draft.isPinned[variable] === 0
  );
}

/** Of equal columns, equal; entries of bias 0 are as good as none. */
function hashOf(draft: Draft, variable: number): number {
  const { starts, others, entries } = draft.columns;
  let hash = mixed(0, draft.problem.objective.linear[variable]);
  for (let place = starts[variable]; place < starts[variable + 1]; place += 1) {
    const bias = draft.biases[entries[place]];
    if (bias !== 0) hash = mixed(mixed(hash, others[place]), bias);
  }
  draft.spend(1 + starts[variable + 1] - starts[variable]);
  return hash;
}

/** FNV-1a over the two halves of a number, of which fractions are told apart only roughly. */
function mixed(hash: number, value: number): number {
  const low = Math.imul(hash ^ (value * 1024), 0x01000193);
  return Math.imul(low ^ (value / 2 ** 32), 0x01000193);
}

function areEqual(draft: Draft, one: number, other: number): boolean {
  const { linear } = draft.problem.objective;
  if (linear[one] !== linear[other]) return false;
  const ours = entriesOf(draft, one);
  const theirs = entriesOf(draft, other);
  const { others: rows, entries } = draft.columns;
  return (
    ours.length === theirs.length &&
    ours.every((place, at) => {
      const rival = theirs[at];
      const isSameRow = rows[place] === rows[rival];
      return isSameRow && draft.biases[entries[place]] === draft.biases[entries[rival]];
    })
  );
}

/** Places of a variable's entries that are not 0. */
function entriesOf(draft: Draft, variable: number): number[] {
  const { starts, entries } = draft.columns;
  const places: number[] = [];
  for (let place = starts[variable]; place < starts[variable + 1]; place += 1) {
    if (draft.biases[entries[place]] !== 0) places.push(place);
  }
  draft.spend(places.length);
  return places;
}

/** Whether every sum of two values fits in a sample. */
function fitsTogether({ lower, upper }: Draft, one: number, other: number): boolean {
  return lower[one] + lower[other] >= -REACH && upper[one] + upper[other] < REACH;
}

function merged(draft: Draft, kept: number, gone: number): Fold {
  const { lower, upper } = draft;
  const record = { kept, gone, keptMax: upper[kept], goneMin: lower[gone] };
  lower[kept] += lower[gone];
  upper[kept] += upper[gone];
  lower[gone] = 0;
  upper[gone] = 0;
  const rule = "duplicate-column";
  draft.log({ rule, variable: gone, row: undefined, change: "removed", value: 0 });
  return record;
}
