/**
 * A problem being reduced: its own copy of bounds and row biases, which rows still stand, and why
 * each bound is what it is. Every change goes through here and is written down.
 */

import { COMPARISON, type QuadraticProblem, VARTYPE } from "../model/quadratic-problem.ts";
import { HARD } from "../ordered-selection.ts";
import { type Incidence, incidenceOf, symmetricInteractions } from "./incidence.ts";
import type { ReductionRule, ReductionStep } from "./reduction.ts";

/** Where a round of reductions came from: indices of the problem before any of them. */
export interface Origin {
  readonly variables: Int32Array;
  readonly rows: Int32Array;
}

/** Rounding of a sum of fractions, relative to its terms; sums of integers have none. */
const ROUNDING = 1e-11;

/** Work between two questions whether the time is over: well below a millisecond. */
const WORK_PER_QUESTION = 20_000;
/** What writing a step down counts as: it takes far longer than looking at an entry. */
const WORK_PER_STEP = 10;

/** Samples are 32-bit: an unbounded integer variable reaches no further. */
const REACH_MAX = 2 ** 31;

/** The state of one round. */
export class Draft {
  readonly problem: QuadraticProblem;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Linear biases of the rows, and those of their products. */
  readonly biases: Float64Array;
  readonly pairBiases: Float64Array;
  readonly rightSides: Float64Array;
  readonly comparisons: Uint8Array;
  /** 0 once a row is removed. */
  readonly stands: Uint8Array;
  /** Whether every number of a row is an integer, and sums of them exact. */
  readonly isIntegral: Uint8Array;
  /** Linear entries of every row, by variable. */
  readonly columns: Incidence;
  /** Interactions of the objective, in both directions. */
  readonly neighbours: Incidence;
  /** Variables that stand in a product of some row, or in a soft row: kept as they are. */
  readonly isEntangled: Uint8Array;
  /**
   * Variables of a row whose sums are rounded: what such a row lets pass depends on how it is added
   * up, so it stays as it is, and they keep their bounds.
   */
  readonly isPinned: Uint8Array;
  /** Interactions of the objective to leave out, by their entry. */
  readonly dropped = new Set<number>();
  readonly steps: ReductionStep[] = [];
  /** Labels of rows that clash, once some do. */
  conflict: readonly string[] | undefined;
  #workLeft: number;
  #workAsked: number;
  readonly #isOver: () => boolean;
  /** Rows to look at again. */
  readonly queue: number[] = [];
  readonly #isQueued: Uint8Array;
  readonly #origin: Origin;
  /** Rows behind each bound: lower of variable i at 2i, upper at 2i + 1. */
  readonly #reasons = new Map<number, number[]>();
  /** Rows that were merged into a row. */
  readonly #merged = new Map<number, number[]>();

  constructor(
    problem: QuadraticProblem,
    origin: Origin,
    workLeft: number,
    isOver: () => boolean = () => false,
  ) {
    const { constraints: rows, variableCount } = problem;
    this.problem = problem;
    this.#origin = origin;
    this.#workLeft = workLeft;
    this.#workAsked = workLeft;
    this.#isOver = isOver;
    this.lower = Float64Array.from(problem.lowerBounds);
    this.upper = Float64Array.from(problem.upperBounds);
    this.biases = Float64Array.from(rows.biases);
    this.pairBiases = Float64Array.from(rows.pairBiases);
    this.rightSides = Float64Array.from(rows.rightSides);
    this.comparisons = Uint8Array.from(rows.comparisons);
    this.stands = new Uint8Array(rows.count).fill(1);
    this.#isQueued = new Uint8Array(rows.count);
    this.columns = incidenceOf(rows.starts, rows.columns, variableCount);
    this.neighbours = symmetricInteractions(problem.objective, variableCount);
    this.isEntangled = entangledIn(problem);
    this.isPinned = new Uint8Array(variableCount);
    this.isIntegral = new Uint8Array(rows.count);
    for (let row = 0; row < rows.count; row += 1) {
      this.reviewExactness(row);
      this.enqueue(row);
    }
  }

  /** Work left; reductions step aside when it is gone. */
  get workLeft(): number {
    return this.#workLeft;
  }

  /** Counts work; now and then asks whether the time is over, which leaves none. */
  spend(work: number): void {
    this.#workLeft -= work;
    if (this.#workAsked - this.#workLeft < WORK_PER_QUESTION) return;
    this.#workAsked = this.#workLeft;
    if (this.#isOver()) this.#workLeft = 0;
  }

  /** Whether reductions may rely on the row: it must hold, and it has no products. */
  isLinear(row: number): boolean {
    const { pairStarts } = this.problem.constraints;
    return this.isHard(row) && pairStarts[row] === pairStarts[row + 1];
  }

  /** Whether the row must hold. */
  isHard(row: number): boolean {
    return this.problem.constraints.weights[row] === HARD;
  }

  /** Whether the variable has one value left. */
  isFixed(variable: number): boolean {
    return this.lower[variable] === this.upper[variable];
  }

  /** How far a sum of `magnitude` in this row may be off. */
  slackOf(row: number, magnitude: number): number {
    return this.isIntegral[row] === 1 ? 0 : ROUNDING * (magnitude + Math.abs(this.rightSides[row]));
  }

  /** Leaves the variables of rows of fractions alone from here on. */
  pinFractions(): void {
    for (let row = 0; row < this.problem.constraints.count; row += 1) {
      if (this.isIntegral[row] === 1 || !this.isHard(row)) continue;
      for (const variable of this.variablesOf(row)) this.isPinned[variable] = 1;
    }
  }

  /** Whether a variable of the row keeps its bounds whatever is found out. */
  hasPinned(row: number): boolean {
    return this.variablesOf(row).some((variable) => this.isPinned[variable] === 1);
  }

  /** Judges again whether the row's sums are exact, after its numbers have changed. */
  reviewExactness(row: number): void {
    this.isIntegral[row] = isExactRow(this, row) ? 1 : 0;
  }

  /** Has the row looked at again. */
  enqueue(row: number): void {
    if (this.stands[row] === 0 || this.#isQueued[row] === 1) return;
    this.#isQueued[row] = 1;
    this.queue.push(row);
  }

  /** The next row to look at. */
  dequeue(): number | undefined {
    const row = this.queue.pop();
    if (row !== undefined) this.#isQueued[row] = 0;
    return row;
  }

  /** Raises a lower bound; `rows` are what it follows from. Nothing happens when it is no news. */
  raise(variable: number, bound: number, rule: ReductionRule, rows: readonly number[]): void {
    const isSpin = this.problem.vartypes[variable] === VARTYPE.spin;
    const value = isSpin && bound > -1 ? Math.max(1, bound) : bound;
    if (value <= this.lower[variable] || this.isPinned[variable] === 1) return;
    this.lower[variable] = value;
    this.#bounded(2 * variable, "lower", value, rule, rows);
  }

  /** Lowers an upper bound. */
  reduce(variable: number, bound: number, rule: ReductionRule, rows: readonly number[]): void {
    const isSpin = this.problem.vartypes[variable] === VARTYPE.spin;
    const value = isSpin && bound < 1 ? Math.min(-1, bound) : bound;
    if (value >= this.upper[variable] || this.isPinned[variable] === 1) return;
    this.upper[variable] = value;
    this.#bounded(2 * variable + 1, "upper", value, rule, rows);
  }

  /** Removes a row. */
  remove(row: number, rule: ReductionRule): void {
    this.stands[row] = 0;
    this.log({ rule, variable: undefined, row, change: "removed", value: 0 });
  }

  /** The row now says what `other` said as well, which is removed. */
  merge(row: number, other: number): void {
    const known = this.#merged.get(row);
    if (known === undefined) this.#merged.set(row, [other]);
    else known.push(other);
    this.remove(other, "duplicate-row");
    this.enqueue(row);
  }

  /** Writes a step down, in the original's indices. */
  log(step: ReductionStep): void {
    const { variables, rows } = this.#origin;
    const variable = step.variable === undefined ? undefined : variables[step.variable];
    const row = step.row === undefined ? undefined : rows[step.row];
    this.steps.push({ ...step, variable, row });
    this.spend(WORK_PER_STEP);
  }

  /** These rows clash, with all that led to the bounds of their variables. */
  refute(rows: readonly number[], variables: readonly number[] = []): void {
    const found = new Set<number>();
    const pending = [...rows];
    const seen = new Set<number>();
    const visit = (variable: number) => {
      if (seen.has(variable)) return;
      seen.add(variable);
      pending.push(...(this.#reasons.get(2 * variable) ?? []));
      pending.push(...(this.#reasons.get(2 * variable + 1) ?? []));
    };
    variables.forEach(visit);
    for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
      if (found.has(row) || !this.isHard(row)) continue;
      found.add(row);
      pending.push(...(this.#merged.get(row) ?? []));
      this.variablesOf(row).forEach(visit);
    }
    const { labels } = this.problem.constraints;
    this.conflict = [...found].sort((a, b) => a - b).map((row) => labels[row]);
  }

  /** Every variable of a row, products included. */
  variablesOf(row: number): number[] {
    const { starts, columns, pairStarts, pairFirsts, pairSeconds } = this.problem.constraints;
    return [
      ...columns.subarray(starts[row], starts[row + 1]),
      ...pairFirsts.subarray(pairStarts[row], pairStarts[row + 1]),
      ...pairSeconds.subarray(pairStarts[row], pairStarts[row + 1]),
    ];
  }

  /** Rows a variable stands in linearly. */
  rowsOf(variable: number): number[] {
    const { starts, others } = this.columns;
    return [...others.subarray(starts[variable], starts[variable + 1])];
  }

  #bounded(
    key: number,
    change: "lower" | "upper",
    value: number,
    rule: ReductionRule,
    rows: readonly number[],
  ): void {
    const variable = key >> 1;
    if (rows.length > 0) {
      const known = this.#reasons.get(key);
      if (known === undefined) this.#reasons.set(key, [...rows]);
      else known.push(...rows);
    }
    this.log({ rule, variable, row: rows.at(0), change, value });
    if (this.lower[variable] > this.upper[variable]) this.refute([], [variable]);
    const { starts, others } = this.columns;
    for (let entry = starts[variable]; entry < starts[variable + 1]; entry += 1) {
      this.enqueue(others[entry]);
    }
  }
}

function entangledIn({ variableCount, constraints: rows }: QuadraticProblem): Uint8Array {
  const entangled = new Uint8Array(variableCount);
  for (let row = 0; row < rows.count; row += 1) {
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      entangled[rows.pairFirsts[entry]] = 1;
      entangled[rows.pairSeconds[entry]] = 1;
    }
    if (rows.weights[row] === HARD) continue;
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      entangled[rows.columns[entry]] = 1;
    }
  }
  return entangled;
}

/** Whether every number of a row is an integer, and no sum of its terms leaves the exact ones. */
function isExactRow(draft: Draft, row: number): boolean {
  const rows = draft.problem.constraints;
  let magnitude = Math.abs(draft.rightSides[row]);
  let isWhole = Number.isInteger(draft.rightSides[row]);
  const reach = (variable: number) =>
    Math.min(REACH_MAX, Math.max(Math.abs(draft.lower[variable]), Math.abs(draft.upper[variable])));
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    isWhole &&= Number.isInteger(draft.biases[entry]);
    magnitude += Math.abs(draft.biases[entry]) * reach(rows.columns[entry]);
  }
  for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
    const size = reach(rows.pairFirsts[entry]) * reach(rows.pairSeconds[entry]);
    isWhole &&= Number.isInteger(draft.pairBiases[entry]);
    magnitude += Math.abs(draft.pairBiases[entry]) * size;
  }
  return isWhole && magnitude <= Number.MAX_SAFE_INTEGER;
}

/** The opposite of at most is at least; equality is its own. */
export function reversed(comparison: number): number {
  if (comparison === COMPARISON.equal) return comparison;
  return comparison === COMPARISON.atMost ? COMPARISON.atLeast : COMPARISON.atMost;
}
