/** Generalised assignment: every task to one agent, whose capacity it takes up. */
import type { GeneralisedAssignment as Instance } from "#kernels";
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import { isBinary, type NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { ParityForest } from "./parity-forest.ts";
import { remembered } from "./remembered.ts";
import { type RowRole, rowRoles } from "./row-roles.ts";

const ENTRIES_MAX = 2 ** 22;

/** One generalised assignment. */
export interface GeneralisedAssignment {
  readonly kind: "generalised-assignment";
  readonly form: NormalForm;
  /** The last agent may stand for the tasks' own way out: no use, and none or little cost. */
  readonly instance: Instance;
  /** Column for every pair, agent by agent; -1 where there is none. */
  readonly columnOf: Int32Array;
  readonly evidence: readonly string[];
}

/** The generalised assignment a problem is, if it is one. */
export const recogniseGeneralisedAssignment = remembered(findGeneralisedAssignment);

function findGeneralisedAssignment(problem: QuadraticProblem): GeneralisedAssignment | undefined {
  const form = normalForm(problem);
  if (form.kind === "none" || form.rows.count < 2 || form.pairs.count > 0) return undefined;
  if (!isBinary(form) || form.ends.counts.some((count) => count > 2)) return undefined;
  const roles = rowRoles(form);
  const isTask = tasksOf(form, roles);
  return isTask === undefined ? undefined : extract(form, roles, isTask);
}

/** Whether the row gives a task away, once or at most once; needless repeats only cost. */
function canBeTask(form: NormalForm, roles: readonly RowRole[], row: number): boolean {
  if (roles[row] !== "at-least-one") return roles[row] !== "other";
  const { rows, costs } = form;
  const entries = rows.columns.subarray(rows.starts[row], rows.starts[row + 1]);
  return entries.every((column) => costs[column] >= 0);
}

/** Whether the row bounds a sum of positive uses from above. */
function canBeAgent({ rows }: NormalForm, row: number): boolean {
  if (rows.lows[row] > 0 || rows.highs[row] === Number.POSITIVE_INFINITY) return false;
  const entries = rows.biases.subarray(rows.starts[row], rows.starts[row + 1]);
  return entries.every((bias) => bias > 0);
}

/** 1 for tasks, 0 for agents; `undefined` where rows do not fall into the two. */
function tasksOf(form: NormalForm, roles: readonly RowRole[]): Uint8Array | undefined {
  const { counts, firstRows, secondRows } = form.ends;
  const forest = new ParityForest(roles.length);
  for (let column = 0; column < form.columnCount; column += 1) {
    if (counts[column] < 2) continue;
    if (!forest.join(firstRows[column], secondRows[column], true)) return undefined;
  }
  const slotOf = (row: number) => 2 * forest.rootOf(row) + forest.colourOf(row);
  // By root and colour: rows that cannot be tasks or agents, rows that need not be met.
  const notTasks = new Int32Array(2 * roles.length);
  const notAgents = new Int32Array(2 * roles.length);
  const optional = new Int32Array(2 * roles.length);
  for (const [row, role] of roles.entries()) {
    if (!canBeTask(form, roles, row)) notTasks[slotOf(row)] += 1;
    if (!canBeAgent(form, row)) notAgents[slotOf(row)] += 1;
    if (role === "at-most-one") optional[slotOf(row)] += 1;
  }
  for (let column = 0; column < form.columnCount; column += 1) {
    // A column without a task has no place in the table.
    if (counts[column] === 1) notAgents[slotOf(firstRows[column])] += 1;
  }
  const isTask = new Uint8Array(roles.length);
  for (let row = 0; row < roles.length; row += 1) {
    const [own, other] = [slotOf(row), slotOf(row) ^ 1];
    const canOwn = notTasks[own] === 0 && notAgents[other] === 0;
    const canOther = notTasks[other] === 0 && notAgents[own] === 0;
    if (!canOwn && !canOther) return undefined;
    const prefersOwn =
      optional[own] < optional[other] || (optional[own] === optional[other] && own < other);
    isTask[row] = canOwn && (!canOther || prefersOwn) ? 1 : 0;
  }
  return isTask;
}

function extract(
  form: NormalForm,
  roles: readonly RowRole[],
  isTask: Uint8Array,
): GeneralisedAssignment | undefined {
  const { rows, ends } = form;
  const place = new Int32Array(rows.count);
  const sizes = [0, 0];
  for (let row = 0; row < rows.count; row += 1) {
    place[row] = sizes[isTask[row]];
    sizes[isTask[row]] += 1;
  }
  const [named, tasks] = sizes;
  const hasWayOut =
    ends.counts.includes(1) ||
    roles.some((role, row) => isTask[row] === 1 && role === "at-most-one");
  const agents = named + (hasWayOut ? 1 : 0);
  if (named === 0 || agents * tasks > ENTRIES_MAX) return undefined;
  const costs = new Float64Array(agents * tasks).fill(Number.POSITIVE_INFINITY);
  const uses = new Float64Array(agents * tasks);
  const capacities = new Float64Array(agents);
  const columnOf = new Int32Array(agents * tasks).fill(-1);
  for (let row = 0; row < rows.count; row += 1) {
    if (isTask[row] === 0) capacities[place[row]] = rows.highs[row];
    else if (roles[row] === "at-most-one") costs[named * tasks + place[row]] = 0;
  }
  for (let column = 0; column < form.columnCount; column += 1) {
    const [first, second] = [ends.firstRows[column], ends.secondRows[column]];
    const task = place[isTask[first] === 1 ? first : second];
    const agentRow = isTask[first] === 1 ? second : first;
    const pair = (agentRow < 0 ? named : place[agentRow]) * tasks + task;
    if (agentRow >= 0 && columnOf[pair] >= 0) return undefined;
    if (form.costs[column] >= costs[pair]) continue;
    costs[pair] = form.costs[column];
    columnOf[pair] = column;
    if (agentRow < 0) continue;
    uses[pair] = isTask[first] === 1 ? ends.secondBiases[column] : ends.firstBiases[column];
  }
  const evidence = [
    `${tasks} rows give their task to one of its variables`,
    `${named} rows bound what the tasks of one agent use, and each variable is in one row of each`,
  ];
  const instance = { agents, tasks, costs, uses, capacities };
  return { kind: "generalised-assignment", form, instance, columnOf, evidence };
}
