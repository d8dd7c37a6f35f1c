/**
 * A quadratic problem as a mixed-integer linear programme. A spin s becomes 2x - 1. A product of
 * two variables, one of them two-valued, becomes a column of its own held to the product by the
 * inequalities of McCormick (Mathematical Programming 10, 1976), which are exact here; those that
 * the objective's own pull makes superfluous are left out. A soft row gets columns for what it may
 * be broken by.
 */
import type { ModelData, ObjectiveSense } from "highs";
import { COMPARISON, HARD, type QuadraticProblem, VARTYPE } from "#problem";
import { costScale, type ObjectiveUnits } from "./objective-bound.ts";
import { ProgrammeRows } from "./rows.ts";

/** What products hold their column to. */
interface Product {
  readonly column: number;
  readonly first: number;
  readonly second: number;
  /** Whether anything pulls the column below, or above, the product. */
  pulledDown: boolean;
  pulledUp: boolean;
}

/** A linear form over columns, in the making. */
interface Form {
  readonly biases: Map<number, number>;
  constant: number;
}

/** Builds the programme of one problem; the problem's variables come first among its columns. */
export class Programme {
  readonly #problem: QuadraticProblem;
  readonly #products = new Map<number, Product>();
  readonly #costs: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #rows = new ProgrammeRows();
  readonly #variableCount: number;
  #offset = 0;

  constructor(problem: QuadraticProblem) {
    this.#problem = problem;
    this.#variableCount = problem.variableCount;
    for (let variable = 0; variable < problem.variableCount; variable += 1) {
      const isSpin = problem.vartypes[variable] === VARTYPE.spin;
      this.#addColumn(0, isSpin ? 0 : problem.lowerBounds[variable], problem.upperBounds[variable]);
    }
    this.#addObjective();
    for (let row = 0; row < problem.constraints.count; row += 1) this.#addRow(row);
    for (const product of this.#products.values()) this.#holdProduct(product);
  }

  /** Columns beyond the problem's own variables. */
  get auxiliaryCount(): number {
    return this.#costs.length - this.#variableCount;
  }

  /** In which units HiGHS is given the objective: scaled, and without its offset. */
  get units(): ObjectiveUnits {
    return { offset: this.#offset, scale: costScale(this.#problem, this.#costs) };
  }

  /** What HiGHS is given. */
  modelData(sense: ObjectiveSense): ModelData {
    const columnCount = this.#costs.length;
    const { scale } = this.units;
    const integrality = new Int32Array(columnCount).fill(1, 0, this.#variableCount);
    return {
      numCols: columnCount,
      sense,
      offset: 0,
      colCost: this.#costs.map((cost) => cost * scale),
      colLower: this.#lower,
      colUpper: this.#upper,
      ...this.#rows.matrix(columnCount),
      integrality,
    };
  }

  /** The sample nearest to a vector of column values. */
  sampleOf(columns: Float64Array): Int32Array {
    const { vartypes } = this.#problem;
    return Int32Array.from(columns.subarray(0, this.#variableCount), (value, variable) => {
      const whole = Math.round(value);
      return vartypes[variable] === VARTYPE.spin ? 2 * whole - 1 : whole;
    });
  }

  /** The values of the variables' own columns at a sample. */
  columnsOf(values: Int32Array): Float64Array {
    const { vartypes } = this.#problem;
    return Float64Array.from(values, (value, variable) =>
      vartypes[variable] === VARTYPE.spin ? (value + 1) / 2 : value,
    );
  }

  #addColumn(cost: number, lower: number, upper: number): number {
    this.#costs.push(cost);
    this.#lower.push(lower);
    this.#upper.push(upper);
    return this.#costs.length - 1;
  }

  #addObjective(): void {
    const { objective, sense } = this.#problem;
    const form: Form = { biases: new Map(), constant: objective.offset };
    const direction = sense === "minimise" ? 1 : -1;
    for (let variable = 0; variable < this.#variableCount; variable += 1) {
      this.#addTerm(form, objective.linear[variable], variable);
      const end = objective.starts[variable + 1];
      for (let entry = objective.starts[variable]; entry < end; entry += 1) {
        const bias = objective.biases[entry];
        this.#addPair(form, bias, variable, objective.columns[entry], direction);
      }
    }
    for (const [column, bias] of form.biases) this.#costs[column] += bias;
    this.#offset = form.constant;
  }

  #addRow(row: number): void {
    const { constraints: rows, sense } = this.#problem;
    const form: Form = { biases: new Map(), constant: 0 };
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      this.#addTerm(form, rows.biases[entry], rows.columns[entry]);
    }
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      this.#addPair(form, rows.pairBiases[entry], rows.pairFirsts[entry], rows.pairSeconds[entry]);
    }
    const comparison = rows.comparisons[row];
    const rightSide = rows.rightSides[row] - form.constant;
    if (rows.weights[row] !== HARD) {
      const cost = sense === "minimise" ? rows.weights[row] : -rows.weights[row];
      // The column may only come in with the sign that helps the row.
      const breach = (bias: number) => form.biases.set(this.#addColumn(cost, 0, Infinity), bias);
      if (comparison !== COMPARISON.atLeast) breach(-1);
      if (comparison !== COMPARISON.atMost) breach(1);
    }
    this.#rows.add(
      form.biases,
      comparison === COMPARISON.atMost ? -Infinity : rightSide,
      comparison === COMPARISON.atLeast ? Infinity : rightSide,
    );
  }

  /** Adds bias * variable, in terms of its column. */
  #addTerm(form: Form, bias: number, variable: number): void {
    const isSpin = this.#problem.vartypes[variable] === VARTYPE.spin;
    if (isSpin) form.constant -= bias;
    add(form, isSpin ? 2 * bias : bias, variable);
  }

  /**
   * Adds bias * first * second. `direction` is 1 where the form is made small, -1 where it is made
   * great, and absent where it may be pulled either way.
   */
  #addPair(form: Form, bias: number, first: number, second: number, direction?: 1 | -1): void {
    if (bias === 0) return;
    if (first === second) {
      add(form, bias, first); // Two-valued, 0 or 1: its own square.
      return;
    }
    const { vartypes } = this.#problem;
    const [a, b] = [first, second].map((one) => (vartypes[one] === VARTYPE.spin ? 1 : 0));
    // (x + a(x - 1)) (y + b(y - 1)), multiplied out; a and b tell spins.
    const scaled = bias * (1 + a) * (1 + b);
    add(form, -bias * b * (1 + a), first);
    add(form, -bias * a * (1 + b), second);
    form.constant += bias * a * b;
    const product = this.#product(first, second);
    add(form, scaled, product.column);
    product.pulledDown ||= direction === undefined || scaled * direction > 0;
    product.pulledUp ||= direction === undefined || scaled * direction < 0;
  }

  /** The column of a product; `first` of it is two-valued. */
  #product(one: number, other: number): Product {
    const key = Math.min(one, other) * this.#variableCount + Math.max(one, other);
    const known = this.#products.get(key);
    if (known !== undefined) return known;
    const [first, second] = this.#isTwoValued(one) ? [one, other] : [other, one];
    const [lower, upper] = [this.#lower[second], this.#upper[second]];
    const column = this.#addColumn(0, Math.min(0, lower), Math.max(0, upper));
    const product = { column, first, second, pulledDown: false, pulledUp: false };
    this.#products.set(key, product);
    return product;
  }

  #isTwoValued(column: number): boolean {
    return this.#lower[column] === 0 && this.#upper[column] === 1;
  }

  #holdProduct({ column, first, second, pulledDown, pulledUp }: Product): void {
    const [lower, upper] = [this.#lower[second], this.#upper[second]];
    const hold = (onFirst: number, onSecond: number, least: number, most: number) => {
      const biases = new Map([[column, 1]]);
      if (onFirst !== 0) biases.set(first, onFirst);
      if (onSecond !== 0) biases.set(second, onSecond);
      this.#rows.add(biases, least, most);
    };
    if (pulledDown) {
      hold(-upper, -1, -upper, Infinity);
      if (lower !== 0) hold(-lower, 0, 0, Infinity);
    }
    if (pulledUp) {
      hold(-upper, 0, -Infinity, 0);
      hold(-lower, -1, -Infinity, -lower);
    }
  }
}

function add({ biases }: Form, bias: number, column: number): void {
  if (bias !== 0) biases.set(column, (biases.get(column) ?? 0) + bias);
}
