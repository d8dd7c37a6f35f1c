/**
 * All samples of a small problem, in the reflected mixed-radix Gray order (D. E. Knuth, The Art of
 * Computer Programming 4A, 7.2.1.1, Algorithm H): each differs from the one before in one variable
 * by one step, so objective and rows are kept up with little work. The variables that are cheap to
 * change change most.
 */

import { type Incidence, incidences } from "./incidence.ts";
import { type QuadraticInstance, type QuadraticWatch, rowCost } from "./instance.ts";

/** Steps between two reports of work. */
const STEPS_PER_REPORT = 4096;

/** Tries every sample; false when it was told to stop before the end. */
export function enumerate(instance: QuadraticInstance, watch: QuadraticWatch): boolean {
  const walk = new GrayWalk(instance);
  let best = Infinity;
  let work = 0;
  for (let steps = 1; ; steps += 1) {
    if (walk.isFeasible && walk.objective < best - instance.margin) {
      best = Math.min(best, watch.judge(walk.values.slice()) ?? best);
    }
    if (steps % STEPS_PER_REPORT === 0) {
      if (watch.spend(walk.work - work)) return false;
      work = walk.work;
    }
    if (!walk.step()) break;
  }
  watch.spend(walk.work - work);
  return true;
}

/** The walk: one sample with its objective and the state of its rows. */
class GrayWalk {
  readonly values: Int32Array;
  work = 0;
  readonly #instance: QuadraticInstance;
  /** Variables with more than one value, the cheapest to change first. */
  readonly #order: Int32Array;
  readonly #incidences: readonly Incidence[];
  readonly #digits: Int32Array;
  readonly #directions: Int32Array;
  readonly #focus: Int32Array;
  readonly #activities: Float64Array;
  readonly #costs: Float64Array;
  #brokenCount = 0;
  #objective = 0;
  #softCost = 0;

  constructor(instance: QuadraticInstance) {
    this.#instance = instance;
    this.#incidences = incidences(instance);
    const free = Array.from(instance.counts.keys()).filter((i) => instance.counts[i] > 1);
    const cost = (i: number) => this.#incidences[i].size;
    this.#order = Int32Array.from(free.sort((a, b) => cost(a) - cost(b)));
    this.#digits = new Int32Array(free.length);
    this.#directions = new Int32Array(free.length).fill(1);
    this.#focus = Int32Array.from({ length: free.length + 1 }, (_, index) => index);
    this.#activities = new Float64Array(instance.rows.length);
    this.#costs = new Float64Array(instance.rows.length);
    this.values = new Int32Array(instance.size);
    // From zero to the lower bounds, one variable after the other.
    for (const [row] of instance.rows.entries()) this.#judgeRow(row);
    for (const [variable, value] of instance.lower.entries()) this.#change(variable, value);
  }

  get isFeasible(): boolean {
    return this.#brokenCount === 0;
  }

  get objective(): number {
    return this.#objective + this.#softCost;
  }

  /** Goes to the next sample; false after the last. */
  step(): boolean {
    const place = this.#focus[0];
    if (place === this.#order.length) return false;
    this.#focus[0] = 0;
    const variable = this.#order[place];
    const direction = this.#directions[place];
    this.#digits[place] += direction;
    const digit = this.#digits[place];
    if (digit === 0 || digit === this.#instance.counts[variable] - 1) {
      this.#directions[place] = -direction;
      this.#focus[place] = this.#focus[place + 1];
      this.#focus[place + 1] = place + 1;
    }
    this.#change(variable, direction * this.#instance.step[variable]);
    return true;
  }

  #change(variable: number, by: number): void {
    if (by === 0) return;
    const { neighbours, biases, rows } = this.#incidences[variable];
    const { values } = this;
    const { linear, square } = this.#instance;
    const value = values[variable];
    let field = linear[variable] + square[variable] * (2 * value + by);
    for (let k = 0; k < neighbours.length; k += 1) field += biases[k] * values[neighbours[k]];
    this.#objective += by * field;
    for (const { row, bias, others, pairBiases, squareBias } of rows) {
      let rise = bias + squareBias * (2 * value + by);
      for (let k = 0; k < others.length; k += 1) rise += pairBiases[k] * values[others[k]];
      this.#activities[row] += by * rise;
      this.#judgeRow(row);
    }
    values[variable] = value + by;
    this.work += 1 + this.#incidences[variable].size;
  }

  #judgeRow(index: number): void {
    const row = this.#instance.rows[index];
    const cost = rowCost(row, this.#activities[index], this.#activities[index]);
    const before = this.#costs[index];
    if (cost === before) return;
    this.#costs[index] = cost;
    if (row.weight < Infinity) this.#softCost += cost - before;
    else this.#brokenCount += (cost === 0 ? 0 : 1) - (before === 0 ? 0 : 1);
  }
}
