/**
 * The state of a search over a quadratic problem: one value per variable, and everything that makes
 * a change cheap to judge - what each variable's next unit costs, and how far each row is from its
 * right side. A move changes up to four variables at once; it is judged first and made only if the
 * search wants it.
 *
 * Merit is the objective, to be made small, plus for each broken hard row its weight times the
 * distance from what it allows. Weights of hard rows belong to the search, which adapts them.
 */
import { type ConstraintRows, HARD, PENALTY, type Sample, VARTYPE } from "#problem";
import { distance, type QuadraticLayout } from "../quadratic-layout.ts";
import { Groups } from "./groups.ts";

const MOVE_MAX = 4;
const STAMP_MAX = 2 ** 31 - 1;

/** Relative slack of rows whose numbers are no integers; what counts is judged afresh anyway. */
const ROW_ROUNDING = 1e-11;

/** Values, fields and rows that always belong together. */
export class QuadraticState {
  readonly layout: QuadraticLayout;
  readonly groups: Groups;
  readonly values: Int32Array;
  /** What a variable's next unit adds to the objective, its square and soft rows apart. */
  readonly fields: Float64Array;
  /** Left side less right side of each row. */
  readonly excess: Float64Array;
  /** What a unit of distance costs. Those of soft rows are the problem's. */
  readonly weights: Float64Array;
  /** To be made small, soft penalties included; exact while the problem is integral. */
  objective = 0;
  /** How many hard rows are broken. */
  brokenCount = 0;
  /** Terms looked at since `takeWork`. */
  #work = 0;
  readonly #isHard: Uint8Array;
  readonly #isSquared: Uint8Array;
  readonly #slack: Float64Array;
  readonly #moved = new Int32Array(MOVE_MAX);
  readonly #steps = new Int32Array(MOVE_MAX);
  #moveLength = 0;
  #moveObjective = 0;
  /** Rows the move touches, and by how much. */
  readonly #touched: Int32Array;
  readonly #changes: Float64Array;
  readonly #stamps: Int32Array;
  #touchedCount = 0;
  #stamp = 0;

  constructor(layout: QuadraticLayout) {
    const { constraints: rows } = layout.problem;
    this.layout = layout;
    this.groups = new Groups(layout);
    this.values = new Int32Array(layout.variableCount);
    this.fields = new Float64Array(layout.variableCount);
    this.excess = new Float64Array(rows.count);
    this.weights = rows.weights.map((weight) => (weight === HARD ? 1 : weight));
    this.#isHard = Uint8Array.from(rows.weights, (weight) => (weight === HARD ? 1 : 0));
    this.#isSquared = rows.penalties.map((code, row) =>
      code === PENALTY.quadratic && this.#isHard[row] === 0 ? 1 : 0,
    );
    this.#slack = layout.isIntegral ? new Float64Array(rows.count) : slackOf(rows);
    this.#touched = new Int32Array(rows.count);
    this.#changes = new Float64Array(rows.count);
    this.#stamps = new Int32Array(rows.count);
    this.load({ values: this.values.map((_, variable) => this.#nearestZero(variable)) });
  }

  /** Terms looked at since the last call. */
  takeWork(): number {
    const work = this.#work;
    this.#work = 0;
    return work;
  }

  /** Whether a variable has a choice. */
  isFree(variable: number): boolean {
    return this.layout.lower[variable] < this.layout.upper[variable];
  }

  /** What the move judged last would change the objective by, broken hard rows apart. */
  get judgedObjective(): number {
    return this.#moveObjective;
  }

  /** Whether a row must hold. */
  isHard(row: number): boolean {
    return this.#isHard[row] === 1;
  }

  /** Whether a row holds, up to rounding. */
  holds(row: number): boolean {
    return this.#distance(row, this.excess[row]) <= this.#slack[row];
  }

  /** A copy of the values. */
  sample(): Sample {
    return { values: this.values.slice() };
  }

  /** Takes a sample over, its values brought inside their bounds. */
  load({ values }: Sample): void {
    const { layout } = this;
    for (let variable = 0; variable < layout.variableCount; variable += 1) {
      const value = values[variable];
      const { lower, upper } = layout;
      this.values[variable] = Math.min(Math.max(value, lower[variable]), upper[variable]);
    }
    this.groups.load(this.values);
    this.#addUp();
  }

  /** Begins a move with one variable's change. */
  first(variable: number, step: number): void {
    this.#moveLength = 0;
    this.also(variable, step);
  }

  /** Adds another variable's change to the move. */
  also(variable: number, step: number): void {
    this.#moved[this.#moveLength] = variable;
    this.#steps[this.#moveLength] = step;
    this.#moveLength += 1;
  }

  /** What the move would change the merit by. */
  judge(): number {
    this.#touchedCount = 0;
    this.#newStamp();
    let change = 0;
    for (let index = 0; index < this.#moveLength; index += 1) {
      const variable = this.#moved[index];
      const step = this.#steps[index];
      change += this.#objectiveChange(index, variable, step);
      this.#touchRows(variable, step);
      this.values[variable] += step;
    }
    for (let index = 0; index < this.#moveLength; index += 1) {
      this.values[this.#moved[index]] -= this.#steps[index];
    }
    let weighted = 0;
    for (let index = 0; index < this.#touchedCount; index += 1) {
      const row = this.#touched[index];
      const before = this.excess[row];
      const cost = this.#cost(row, before + this.#changes[row]) - this.#cost(row, before);
      if (this.#isHard[row] === 1) weighted += cost;
      else change += cost;
    }
    this.#work += this.#touchedCount + this.#moveLength;
    this.#moveObjective = change;
    return change + weighted;
  }

  /** Makes the move that was judged last. */
  make(): void {
    const { layout, fields } = this;
    for (let index = 0; index < this.#moveLength; index += 1) {
      const variable = this.#moved[index];
      const step = this.#steps[index];
      const end = layout.starts[variable + 1];
      for (let entry = layout.starts[variable]; entry < end; entry += 1) {
        fields[layout.neighbours[entry]] += layout.biases[entry] * step;
      }
      this.#work += end - layout.starts[variable];
      this.values[variable] += step;
      this.groups.moved(variable, this.values[variable]);
    }
    for (let index = 0; index < this.#touchedCount; index += 1) {
      const row = this.#touched[index];
      const before = this.holds(row);
      this.excess[row] += this.#changes[row];
      if (this.#isHard[row] === 1) this.brokenCount += Number(before) - Number(this.holds(row));
    }
    this.objective += this.#moveObjective;
  }

  #newStamp(): void {
    if (this.#stamp === STAMP_MAX) {
      this.#stamps.fill(0);
      this.#stamp = 0;
    }
    this.#stamp += 1;
  }

  /** By the interactions with what moves before it, which the fields do not know of yet. */
  #objectiveChange(index: number, variable: number, step: number): number {
    const { squares } = this.layout;
    const value = this.values[variable];
    let change = step * this.fields[variable] + squares[variable] * step * (2 * value + step);
    for (let before = 0; before < index; before += 1) {
      change += step * this.#steps[before] * this.#interaction(this.#moved[before], variable);
    }
    return change;
  }

  #interaction(a: number, b: number): number {
    const { starts, neighbours, biases } = this.layout;
    let low = starts[a];
    let high = starts[a + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (neighbours[middle] < b) low = middle + 1;
      else high = middle;
    }
    return low < starts[a + 1] && neighbours[low] === b ? biases[low] : 0;
  }

  #touchRows(variable: number, step: number): void {
    const { starts, rows, biases, pairStarts, pairOthers, pairBiases } = this.layout.touches;
    for (let touch = starts[variable]; touch < starts[variable + 1]; touch += 1) {
      let change = biases[touch] * step;
      for (let pair = pairStarts[touch]; pair < pairStarts[touch + 1]; pair += 1) {
        const other = pairOthers[pair];
        const value = this.values[other];
        const rate = other === variable ? 2 * value + step : value;
        change += pairBiases[pair] * step * rate;
      }
      this.#work += pairStarts[touch + 1] - pairStarts[touch];
      const row = rows[touch];
      if (this.#stamps[row] !== this.#stamp) {
        this.#stamps[row] = this.#stamp;
        this.#changes[row] = 0;
        this.#touched[this.#touchedCount++] = row;
      }
      this.#changes[row] += change;
    }
  }

  #distance(row: number, excess: number): number {
    return distance(this.layout.problem.constraints.comparisons[row], excess);
  }

  #cost(row: number, excess: number): number {
    const count = this.#distance(row, excess);
    return this.weights[row] * (this.#isSquared[row] === 1 ? count * count : count);
  }

  #nearestZero(variable: number): number {
    const { lower, upper, problem } = this.layout;
    if (problem.vartypes[variable] === VARTYPE.spin) return -1;
    return Math.min(Math.max(0, lower[variable]), upper[variable]);
  }

  /** Works out fields, rows and objective from the values. */
  #addUp(): void {
    const { layout, values } = this;
    const { offset } = layout.problem.objective;
    let objective = layout.sign * offset;
    for (let variable = 0; variable < layout.variableCount; variable += 1) {
      let pull = 0;
      for (let entry = layout.starts[variable]; entry < layout.starts[variable + 1]; entry += 1) {
        pull += layout.biases[entry] * values[layout.neighbours[entry]];
      }
      const value = values[variable];
      this.fields[variable] = layout.linear[variable] + pull;
      objective += value * (layout.linear[variable] + pull / 2 + layout.squares[variable] * value);
    }
    this.#addUpRows();
    for (let row = 0; row < this.excess.length; row += 1) {
      if (this.#isHard[row] === 0) objective += this.#cost(row, this.excess[row]);
    }
    this.objective = objective;
    this.#work += layout.neighbours.length + layout.variableCount;
  }

  #addUpRows(): void {
    const { constraints: rows } = this.layout.problem;
    this.brokenCount = 0;
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
      if (this.#isHard[row] === 1 && !this.holds(row)) this.brokenCount += 1;
    }
    this.#work += rows.columns.length + rows.pairFirsts.length;
  }
}

/** By the largest number in each row. */
function slackOf(rows: ConstraintRows): Float64Array {
  return rows.rightSides.map((rightSide, row) => {
    let scale = Math.abs(rightSide);
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      scale = Math.max(scale, Math.abs(rows.biases[entry]));
    }
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      scale = Math.max(scale, Math.abs(rows.pairBiases[entry]));
    }
    return ROW_ROUNDING * scale;
  });
}
