/** The multiple-choice knapsack: groups that are given one option each, and one capacity. */
import type { MultipleChoiceKnapsack as Instance } from "#kernels";
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import { withRoundingRoom } from "./capacity-row.ts";
import { isBinary, type NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { remembered } from "./remembered.ts";
import { isOneSided, rowRoles } from "./row-roles.ts";

/** One multiple-choice knapsack. */
export interface MultipleChoiceKnapsack {
  readonly kind: "multiple-choice-knapsack";
  readonly form: NormalForm;
  readonly instance: Instance;
  /** Column of each option; -1 for choosing none. */
  readonly columnOf: Int32Array;
  readonly evidence: readonly string[];
}

/** The multiple-choice knapsack a problem is, if it is one. */
export const recogniseMultipleChoiceKnapsack = remembered(findMultipleChoiceKnapsack);

function findMultipleChoiceKnapsack(problem: QuadraticProblem): MultipleChoiceKnapsack | undefined {
  const form = normalForm(problem);
  if (form.kind === "none" || form.rows.count < 2 || form.pairs.count > 0) return undefined;
  if (!isBinary(form) || form.ends.counts.some((count) => count > 2)) return undefined;
  const roles = rowRoles(form);
  const isGroup = roles.map((role) => role === "exactly-one" || role === "at-most-one");
  const capacity = isGroup.indexOf(false);
  if (capacity < 0 || isGroup.lastIndexOf(false) !== capacity) return undefined;
  if (!isOneSided(form, capacity)) return undefined;
  const { counts, firstRows, secondRows } = form.ends;
  const isApart = counts.every(
    (count, column) =>
      count < 2 || firstRows[column] === capacity || secondRows[column] === capacity,
  );
  if (!isApart) return undefined;
  const groups = groupsOf(
    form,
    capacity,
    roles.map((role) => role === "at-most-one"),
  );
  const evidence = [
    `${form.rows.count - 1} rows without a variable in common allow one of theirs to be 1`,
    "one further row bounds a weighted sum, and the objective is linear",
  ];
  return { kind: "multiple-choice-knapsack", form, ...pack(form, capacity, groups), evidence };
}

/** The options of each group, as columns or -1 for none; a column in no group is one of its own. */
function groupsOf(form: NormalForm, capacity: number, mayBeNone: readonly boolean[]): number[][] {
  const groups: number[][] = mayBeNone.map((may) => (may ? [-1] : []));
  const { counts, firstRows, secondRows } = form.ends;
  for (let column = 0; column < form.columnCount; column += 1) {
    const isOutside = firstRows[column] === capacity;
    const row = isOutside ? secondRows[column] : firstRows[column];
    if (counts[column] === 1 && isOutside) groups.push([-1, column]);
    else groups[row].push(column);
  }
  groups.splice(capacity, 1);
  return groups;
}

function pack(form: NormalForm, row: number, groups: readonly (readonly number[])[]) {
  const { rows, costs } = form;
  const sign = rows.highs[row] < Number.POSITIVE_INFINITY ? 1 : -1;
  const weightOf = new Float64Array(form.columnCount);
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    weightOf[rows.columns[entry]] = sign * rows.biases[entry];
  }
  const weightIn = (option: number) => (option < 0 ? 0 : weightOf[option]);
  const limit = sign > 0 ? rows.highs[row] : -rows.lows[row];
  const offsets = new Int32Array(groups.length + 1);
  // Exactly one option of every group is taken, so the least weight of each can be taken off.
  let capacity = limit;
  let magnitude = Math.abs(limit);
  const lightest = groups.map((options) =>
    options.reduce((least, option) => Math.min(least, weightIn(option)), Number.POSITIVE_INFINITY),
  );
  for (const [group, options] of groups.entries()) {
    offsets[group + 1] = offsets[group] + options.length;
    capacity -= lightest[group];
    magnitude += Math.abs(lightest[group]);
  }
  capacity = withRoundingRoom(form, row, capacity, magnitude);
  const columnOf = Int32Array.from(groups.flat());
  const profits = Float64Array.from(columnOf, (column) => (column < 0 ? 0 : -costs[column]));
  const weights = Float64Array.from(
    groups.flatMap((options, group) => options.map((option) => weightIn(option) - lightest[group])),
  );
  return { instance: { offsets, profits, weights, capacity }, columnOf };
}
