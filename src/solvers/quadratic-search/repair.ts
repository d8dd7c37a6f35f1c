/**
 * Repair: one pass over the hard rows, in which each that is broken takes the changes of its own
 * variables that mend it at the least cost and harm to others. Linear in the entries of the rows
 * but for sorting; whether everything holds afterwards depends on the rows.
 */
import { COMPARISON, VARTYPE } from "#problem";
import type { QuadraticRun } from "./quadratic-run.ts";
import type { QuadraticState } from "./state.ts";

/** How much more rows weigh than while searching: what breaks one is no bargain. */
const WEIGHT_FACTOR = 1000;

/** With no more entries than this the pass is finished even late: without it there is no answer. */
const ENTRIES_MAX = 2_000_000;

/** Mends what it can; leaves the weights as they were. True once the run has to end. */
export function repair(state: QuadraticState, run: QuadraticRun): boolean {
  if (state.brokenCount === 0) return false;
  const weights = state.weights.slice();
  for (let row = 0; row < weights.length; row += 1) {
    if (state.isHard(row)) state.weights[row] *= WEIGHT_FACTOR;
  }
  const isShort = state.layout.problem.constraints.columns.length <= ENTRIES_MAX;
  let isEnded = false;
  for (let row = 0; row < weights.length && (isShort || !isEnded); row += 1) {
    if (!state.isHard(row) || state.holds(row)) continue;
    mend(state, row);
    isEnded = run.spend();
  }
  state.weights.set(weights);
  return isEnded;
}

function mend(state: QuadraticState, row: number): void {
  const { constraints: rows } = state.layout.problem;
  const changes: { readonly entry: number; readonly merit: number }[] = [];
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    const merit = judged(state, row, entry);
    if (merit < 0) changes.push({ entry, merit });
  }
  changes.sort((a, b) => a.merit - b.merit || a.entry - b.entry);
  for (const { entry } of changes) {
    if (state.holds(row)) return;
    if (judged(state, row, entry) < 0) state.make();
  }
}

/** What the entry's variable would change the merit by, moved as far as the row asks for. */
function judged(state: QuadraticState, row: number, entry: number): number {
  const { layout, values } = state;
  const { constraints: rows, vartypes } = layout.problem;
  const variable = rows.columns[entry];
  const bias = rows.biases[entry];
  const excess = state.excess[row];
  const isOver = rows.comparisons[row] === COMPARISON.atLeast ? false : excess > 0;
  const wanted = -excess / bias;
  const whole = isOver === bias > 0 ? Math.floor(wanted) : Math.ceil(wanted);
  const [lower, upper] = [layout.lower[variable], layout.upper[variable]];
  const target = Math.min(Math.max(values[variable] + whole, lower), upper);
  const isSpin = vartypes[variable] === VARTYPE.spin;
  const value = isSpin && target === 0 ? -values[variable] : target;
  if (value === values[variable] || bias === 0) return 0;
  state.first(variable, value - values[variable]);
  return state.judge();
}
