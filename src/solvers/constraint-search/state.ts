/**
 * The state of a search under rows: values, what each variable's next unit costs, and how far each
 * row is from its right side. A change is made at once and can be taken back: a move is as many
 * changes as it takes, judged together as they are made, then kept or undone. So judging costs what
 * the variables' rows cost, whatever the move consists of.
 *
 * Merit is the objective, to be made small, plus for each broken hard row its weight times the
 * distance from what it allows. Weights of hard rows belong to the search, which adapts them.
 */
import { COMPARISON, HARD, PENALTY, VALUE_MAX, VARTYPE } from "#problem";
import type { QuadraticLayout } from "../quadratic-layout.ts";
import { BrokenRows } from "./broken-rows.ts";
import { Interactions } from "./interactions.ts";
import { Members } from "./members.ts";

/** Changes of one move. */
const CHANGES_MAX = 12;

/** Values, fields and rows that always belong together. */
export class RowState {
  readonly layout: QuadraticLayout;
  readonly members: Members;
  readonly values: Int32Array;
  /** Left side less right side of each row. */
  readonly excess: Float64Array;
  readonly broken: BrokenRows;
  /** Of the values that were kept, without the problem's sense; exact while it is integral. */
  objective = 0;
  /** Entries looked at since the caller last set it to 0. */
  work = 0;
  /** What the changes not yet kept add to the merit. */
  change = 0;
  /** The row that the last change broke most, or broke further; -1 if none. */
  worstRow = -1;
  /** How many changes are not yet kept. */
  length = 0;
  readonly isHard: Uint8Array;
  /** What a unit above, or below, the right side costs. */
  readonly #over: Float64Array;
  readonly #under: Float64Array;
  readonly #isSquared: Uint8Array;
  readonly #hasPairs: boolean;
  readonly #fields: Float64Array;
  readonly #interactions: Interactions;
  #objectiveChange = 0;
  readonly #moved = new Int32Array(CHANGES_MAX);
  readonly #steps = new Int32Array(CHANGES_MAX);
  /** Of each change: what the sums were before it, and where its rows begin in the log. */
  readonly #changesBefore = new Float64Array(CHANGES_MAX);
  readonly #objectivesBefore = new Float64Array(CHANGES_MAX);
  readonly #logStarts = new Int32Array(CHANGES_MAX + 1);
  readonly #logRows: Int32Array;
  readonly #logExcess: Float64Array;

  constructor(layout: QuadraticLayout) {
    const { constraints: rows } = layout.problem;
    this.layout = layout;
    this.members = new Members(layout);
    this.values = new Int32Array(layout.variableCount);
    this.excess = new Float64Array(rows.count);
    this.broken = new BrokenRows(layout);
    this.isHard = Uint8Array.from(rows.weights, (weight) => (weight === HARD ? 1 : 0));
    this.#over = new Float64Array(rows.count);
    this.#under = new Float64Array(rows.count);
    this.#isSquared = rows.penalties.map((code, row) =>
      code === PENALTY.quadratic && this.isHard[row] === 0 ? 1 : 0,
    );
    this.#hasPairs = rows.pairFirsts.length > 0;
    this.#fields = new Float64Array(layout.variableCount);
    this.#interactions = new Interactions(layout);
    const { starts } = layout.touches;
    let touchesMax = 0;
    for (let variable = 0; variable < layout.variableCount; variable += 1) {
      touchesMax = Math.max(touchesMax, starts[variable + 1] - starts[variable]);
    }
    this.#logRows = new Int32Array(CHANGES_MAX * touchesMax);
    this.#logExcess = new Float64Array(CHANGES_MAX * touchesMax);
    rows.weights.forEach((weight, row) => {
      this.setWeight(row, weight === HARD ? 1 : weight);
    });
    this.load(layout.lower.map((lower, variable) => this.#nearestZero(lower, variable)));
  }

  /** What a unit of distance of this row costs; to be set only while nothing is open. */
  setWeight(row: number, weight: number): void {
    const { comparisons } = this.layout.problem.constraints;
    this.#over[row] = comparisons[row] === COMPARISON.atLeast ? 0 : weight;
    this.#under[row] = comparisons[row] === COMPARISON.atMost ? 0 : weight;
  }

  /** Takes values over, brought inside their bounds. */
  load(values: ArrayLike<number>): void {
    const { lower, upper, variableCount } = this.layout;
    for (let variable = 0; variable < variableCount; variable += 1) {
      this.values[variable] = Math.min(
        Math.max(values[variable], lower[variable]),
        upper[variable],
      );
    }
    this.length = 0;
    this.#restart();
    this.members.load(this.values);
    this.#addUpRows();
    this.#addUpObjective();
  }

  /** What the open move adds to the objective. */
  get openObjective(): number {
    return this.#objectiveChange;
  }

  /** Whether a variable has a choice. */
  isFree(variable: number): boolean {
    return this.layout.lower[variable] < this.layout.upper[variable];
  }

  /** Whether a variable is part of the move that is open. */
  isMoved(variable: number): boolean {
    for (let index = 0; index < this.length; index += 1) {
      if (this.#moved[index] === variable) return true;
    }
    return false;
  }

  /** Adds a variable's change to the open move. Answers what all of it adds to the merit. */
  step(variable: number, step: number): number {
    const { starts, rows, biases } = this.layout.touches;
    const index = this.length;
    this.#changesBefore[index] = this.change;
    this.#objectivesBefore[index] = this.#objectiveChange;
    let objective = this.#objectiveStep(variable, step);
    let penalty = 0;
    let worst = 0;
    let worstRow = -1;
    let log = this.#logStarts[index];
    const end = starts[variable + 1];
    for (let touch = starts[variable]; touch < end; touch += 1) {
      const row = rows[touch];
      const before = this.excess[row];
      let change = biases[touch] * step;
      if (this.#hasPairs) change += this.#pairChange(touch, variable, step);
      const after = before + change;
      this.#logRows[log] = row;
      this.#logExcess[log] = before;
      log += 1;
      this.excess[row] = after;
      const cost = this.#cost(row, after) - this.#cost(row, before);
      if (this.isHard[row] === 0) {
        objective += cost;
        continue;
      }
      penalty += cost;
      if (cost <= worst) continue;
      worst = cost;
      worstRow = row;
    }
    this.work += 2 + end - starts[variable];
    this.values[variable] += step;
    this.#moved[index] = variable;
    this.#steps[index] = step;
    this.length = index + 1;
    this.#logStarts[index + 1] = log;
    this.worstRow = worstRow;
    this.#objectiveChange += objective;
    this.change += objective + penalty;
    return this.change;
  }

  /** The row the open move broke last, and worst of those, that is still broken; -1 if none. */
  openRow(): number {
    if (this.worstRow >= 0) return this.worstRow;
    for (let log = this.#logStarts[this.length] - 1; log >= 0; log -= 1) {
      const row = this.#logRows[log];
      const excess = this.excess[row];
      if (this.isHard[row] === 0 || this.broken.holdsAt(row, excess)) continue;
      if (this.#cost(row, excess) > this.#cost(row, this.#logExcess[log])) return row;
    }
    return -1;
  }

  /** Takes changes back until `length` of them are left. */
  undo(length = 0): void {
    while (this.length > length) {
      const index = this.length - 1;
      const start = this.#logStarts[index];
      for (let log = this.#logStarts[index + 1] - 1; log >= start; log -= 1) {
        this.excess[this.#logRows[log]] = this.#logExcess[log];
      }
      this.values[this.#moved[index]] -= this.#steps[index];
      this.change = this.#changesBefore[index];
      this.#objectiveChange = this.#objectivesBefore[index];
      this.length = index;
    }
  }

  /** Copies the values without the open move. */
  copyKept(target: Int32Array): void {
    target.set(this.values);
    for (let index = 0; index < this.length; index += 1) {
      target[this.#moved[index]] -= this.#steps[index];
    }
  }

  /** Whether the open move takes nothing off what is feasible and better. */
  get isGain(): boolean {
    return this.#objectiveChange <= 0 && this.change === this.#objectiveChange;
  }

  /** Keeps the open move. */
  keep(): void {
    const { vartypes } = this.layout.problem;
    const { starts, neighbours, biases } = this.layout;
    const fields = this.#fields;
    for (let index = 0; index < this.length; index += 1) {
      const variable = this.#moved[index];
      const step = this.#steps[index];
      const end = starts[variable + 1];
      for (let entry = starts[variable]; entry < end; entry += 1) {
        fields[neighbours[entry]] += biases[entry] * step;
      }
      this.work += end - starts[variable];
      if (vartypes[variable] === VARTYPE.binary) {
        this.members.moved(variable, this.values[variable]);
      }
    }
    const logEnd = this.#logStarts[this.length];
    for (let log = 0; log < logEnd; log += 1) {
      const row = this.#logRows[log];
      if (this.isHard[row] === 1) this.broken.note(row, this.excess[row]);
    }
    this.objective += this.#objectiveChange;
    this.length = 0;
    this.#restart();
  }

  #restart(): void {
    this.change = 0;
    this.#objectiveChange = 0;
  }

  /** By the interactions with what moved before it, which the fields do not know of yet. */
  #objectiveStep(variable: number, step: number): number {
    let slope = this.#fields[variable];
    for (let index = 0; index < this.length; index += 1) {
      slope += this.#steps[index] * this.#interactions.between(this.#moved[index], variable);
    }
    const square = this.layout.squares[variable];
    return step * (slope + square * (2 * this.values[variable] + step));
  }

  #pairChange(touch: number, variable: number, step: number): number {
    const { pairStarts, pairOthers, pairBiases } = this.layout.touches;
    let change = 0;
    for (let pair = pairStarts[touch]; pair < pairStarts[touch + 1]; pair += 1) {
      const other = pairOthers[pair];
      const value = this.values[other];
      change += pairBiases[pair] * step * (other === variable ? 2 * value + step : value);
    }
    this.work += pairStarts[touch + 1] - pairStarts[touch];
    return change;
  }

  #cost(row: number, excess: number): number {
    const cost = excess > 0 ? excess * this.#over[row] : -excess * this.#under[row];
    return this.#isSquared[row] === 1 ? cost * Math.abs(excess) : cost;
  }

  #nearestZero(lower: number, variable: number): number {
    if (this.layout.problem.vartypes[variable] === VARTYPE.spin) return -1;
    return Math.min(Math.max(0, lower), this.layout.upper[variable], VALUE_MAX);
  }

  #addUpObjective(): void {
    const { layout, values } = this;
    let objective = layout.sign * layout.problem.objective.offset;
    for (let variable = 0; variable < layout.variableCount; variable += 1) {
      let pull = 0;
      for (let entry = layout.starts[variable]; entry < layout.starts[variable + 1]; entry += 1) {
        pull += layout.biases[entry] * values[layout.neighbours[entry]];
      }
      const value = values[variable];
      this.#fields[variable] = layout.linear[variable] + pull;
      objective += value * (layout.linear[variable] + pull / 2 + layout.squares[variable] * value);
    }
    for (let row = 0; row < this.excess.length; row += 1) {
      if (this.isHard[row] === 0) objective += this.#cost(row, this.excess[row]);
    }
    this.objective = objective;
    this.work += layout.neighbours.length + layout.variableCount;
  }

  #addUpRows(): void {
    const { constraints: rows } = this.layout.problem;
    for (let row = 0; row < rows.count; row += 1) {
      let sum = -rows.rightSides[row];
      for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
        sum += rows.biases[entry] * this.values[rows.columns[entry]];
      }
      for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
        const first = this.values[rows.pairFirsts[entry]];
        sum += rows.pairBiases[entry] * first * this.values[rows.pairSeconds[entry]];
      }
      this.excess[row] = sum;
      if (this.isHard[row] === 1) this.broken.note(row, sum);
    }
    this.work += rows.columns.length + rows.pairFirsts.length;
  }
}
