/**
 * A quadratic problem as a model of CP-SAT, whose variables come first in it. A spin is a variable
 * with the values -1 and 1; a product is a variable held to it; a soft row has variables for what
 * it is broken by.
 */
import { COMPARISON, HARD, type QuadraticProblem, VARTYPE } from "#problem";
import type { CpConstraint, CpModel, LinearForm } from "./messages.ts";

/** The side of a domain that is open. */
const OPEN = Number.MAX_SAFE_INTEGER;

/** A problem with whole coefficients and bounded variables, posed to be made small. */
export function modelOf(problem: QuadraticProblem): CpModel {
  return new Modeller(problem).model();
}

class Modeller {
  readonly #problem: QuadraticProblem;
  readonly #variables: { readonly domain: readonly number[] }[] = [];
  readonly #constraints: CpConstraint[] = [];
  readonly #products = new Map<number, number>();
  readonly #objective = new Map<number, number>();
  readonly #direction: 1 | -1;

  constructor(problem: QuadraticProblem) {
    this.#problem = problem;
    this.#direction = problem.sense === "minimise" ? 1 : -1;
    const { lowerBounds: lower, upperBounds: upper, vartypes } = problem;
    vartypes.forEach((vartype, index) => {
      this.#add(...(vartype === VARTYPE.spin ? [-1, -1, 1, 1] : [lower[index], upper[index]]));
    });
    this.#addObjective();
    for (let row = 0; row < problem.constraints.count; row += 1) this.#addRow(row);
  }

  model(): CpModel {
    return {
      variables: this.#variables,
      constraints: this.#constraints,
      objective: formOf(this.#objective),
    };
  }

  #add(...domain: readonly number[]): number {
    this.#variables.push({ domain });
    return this.#variables.length - 1;
  }

  #addObjective(): void {
    const { objective, variableCount } = this.#problem;
    for (let first = 0; first < variableCount; first += 1) {
      addTo(this.#objective, first, this.#direction * objective.linear[first]);
      for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
        const bias = this.#direction * objective.biases[entry];
        if (bias === 0) continue;
        addTo(this.#objective, this.#product(first, objective.columns[entry]), bias);
      }
    }
  }

  #addRow(row: number): void {
    const { constraints: rows } = this.#problem;
    const form = new Map<number, number>();
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      addTo(form, rows.columns[entry], rows.biases[entry]);
    }
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      if (rows.pairBiases[entry] === 0) continue;
      const product = this.#product(rows.pairFirsts[entry], rows.pairSeconds[entry]);
      addTo(form, product, rows.pairBiases[entry]);
    }
    const comparison = rows.comparisons[row];
    const rightSide = rows.rightSides[row];
    if (rows.weights[row] !== HARD) {
      const reach = (variable: number) => {
        const { domain } = this.#variables[variable];
        return Math.max(...domain.map(Math.abs));
      };
      let far = Math.abs(rightSide);
      for (const [variable, bias] of form) far += Math.abs(bias) * reach(variable);
      const breach = (sign: 1 | -1) => {
        const slack = this.#add(0, far);
        addTo(form, slack, sign);
        addTo(this.#objective, slack, rows.weights[row]);
      };
      if (comparison !== COMPARISON.atLeast) breach(-1);
      if (comparison !== COMPARISON.atMost) breach(1);
    }
    const least = comparison === COMPARISON.atMost ? -OPEN : rightSide;
    const most = comparison === COMPARISON.atLeast ? OPEN : rightSide;
    this.#constraints.push({ linear: { ...formOf(form), domain: [least, most] } });
  }

  /** The variable that is the product of two. */
  #product(first: number, second: number): number {
    const key = first * this.#problem.variableCount + second;
    const known = this.#products.get(key);
    if (known !== undefined) return known;
    const { lowerBounds: lower, upperBounds: upper } = this.#problem;
    const corners = [lower, upper].flatMap((one) =>
      [lower, upper].map((other) => one[first] * other[second]),
    );
    const product = this.#add(Math.min(...corners), Math.max(...corners));
    const target = single(product);
    this.#constraints.push({ intProd: { target, exprs: [single(first), single(second)] } });
    this.#products.set(key, product);
    return product;
  }
}

function single(variable: number): LinearForm {
  return { vars: [variable], coeffs: [1] };
}

function formOf(biases: ReadonlyMap<number, number>): LinearForm {
  return { vars: [...biases.keys()], coeffs: [...biases.values()] };
}

function addTo(biases: Map<number, number>, variable: number, bias: number): void {
  if (bias !== 0) biases.set(variable, (biases.get(variable) ?? 0) + bias);
}
