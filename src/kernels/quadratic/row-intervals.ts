/**
 * Between what the left side of each row can still lie, while variables are set one by one. The
 * least and the most of each term are added up, so the interval is never too narrow, and exact once
 * everything is set.
 */
import { type Incidence, incidences } from "./incidence.ts";
import { type QuadraticInstance, rowCost } from "./instance.ts";

/** The intervals of all rows, with a trail by which each setting is undone exactly. */
export class RowIntervals {
  /** What broken soft rows cost at least. */
  softCost = 0;
  readonly #instance: QuadraticInstance;
  readonly #incidences: readonly Incidence[];
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #least: Float64Array;
  readonly #most: Float64Array;
  readonly #costs: Float64Array;
  readonly #trail: number[] = [];
  #brokenCount = 0;

  constructor(instance: QuadraticInstance) {
    const { lower, step, counts, rows } = instance;
    this.#instance = instance;
    this.#incidences = incidences(instance);
    this.#lower = Float64Array.from(lower);
    this.#upper = Float64Array.from(lower, (least, i) => least + step[i] * (counts[i] - 1));
    this.#least = new Float64Array(rows.length);
    this.#most = new Float64Array(rows.length);
    this.#costs = new Float64Array(rows.length);
    for (let row = 0; row < rows.length; row += 1) {
      const { columns, biases, firsts, seconds, pairBiases } = rows[row];
      for (let k = 0; k < columns.length; k += 1) this.#addTerm(row, biases[k], columns[k], 1);
      for (let k = 0; k < firsts.length; k += 1) {
        this.#addProduct(row, pairBiases[k], firsts[k], seconds[k], 1);
      }
      this.#price(row);
    }
  }

  /** Whether some row that must hold no longer can. */
  isBroken(): boolean {
    return this.#brokenCount > 0;
  }

  /** Sets a variable; the mark undoes it. */
  set(variable: number, value: number): number {
    const mark = this.#trail.length;
    const { rows } = this.#incidences[variable];
    for (const { row } of rows) {
      this.#trail.push(row, this.#least[row], this.#most[row], this.#costs[row]);
    }
    this.#trail.push(variable, this.#lower[variable], this.#upper[variable]);
    for (const incidence of rows) this.#addTerms(incidence, variable, -1);
    this.#lower[variable] = value;
    this.#upper[variable] = value;
    for (const incidence of rows) {
      this.#addTerms(incidence, variable, 1);
      this.#price(incidence.row);
    }
    return mark;
  }

  /** Takes back the setting that gave `mark`; the last one first. */
  restore(mark: number): void {
    const trail = this.#trail;
    const last = trail.length - 3;
    const variable = trail[last];
    this.#lower[variable] = trail[last + 1];
    this.#upper[variable] = trail[last + 2];
    for (let entry = mark; entry < last; entry += 4) {
      const row = trail[entry];
      this.#least[row] = trail[entry + 1];
      this.#most[row] = trail[entry + 2];
      this.#charge(row, trail[entry + 3]);
    }
    trail.length = mark;
  }

  #addTerms(incidence: Incidence["rows"][number], variable: number, sign: 1 | -1): void {
    const { row, bias, others, pairBiases, squareBias } = incidence;
    this.#addTerm(row, bias, variable, sign);
    for (let k = 0; k < others.length; k += 1) {
      this.#addProduct(row, pairBiases[k], variable, others[k], sign);
    }
    if (squareBias !== 0) this.#addProduct(row, squareBias, variable, variable, sign);
  }

  #addTerm(row: number, bias: number, variable: number, sign: 1 | -1): void {
    const [a, b] = [bias * this.#lower[variable], bias * this.#upper[variable]];
    this.#least[row] += sign * Math.min(a, b);
    this.#most[row] += sign * Math.max(a, b);
  }

  #addProduct(row: number, bias: number, first: number, second: number, sign: 1 | -1): void {
    const [a, b] = [this.#lower[first], this.#upper[first]];
    const [c, d] = [this.#lower[second], this.#upper[second]];
    let least = Math.min(a * c, a * d, b * c, b * d);
    const most = Math.max(a * c, a * d, b * c, b * d);
    if (first === second) least = a <= 0 && b >= 0 ? 0 : Math.min(a * a, b * b);
    this.#least[row] += sign * (bias < 0 ? bias * most : bias * least);
    this.#most[row] += sign * (bias < 0 ? bias * least : bias * most);
  }

  #price(row: number): void {
    this.#charge(row, rowCost(this.#instance.rows[row], this.#least[row], this.#most[row]));
  }

  #charge(row: number, cost: number): void {
    const before = this.#costs[row];
    if (cost === before) return;
    this.#costs[row] = cost;
    if (this.#instance.rows[row].weight < Infinity) this.softCost += cost - before;
    else this.#brokenCount += (cost === 0 ? 0 : 1) - (before === 0 ? 0 : 1);
  }
}
