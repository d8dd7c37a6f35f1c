/**
 * The builder of problems by hand, for code that reads like the mathematics:
 *
 *     const builder = new ProblemBuilder();
 *     const [tea, milk] = [builder.binary("tea"), builder.binary("milk")];
 *     builder.maximise(sum(tea.times(3), milk, tea.times(milk).times(2)));
 *     builder.require("budget", sum(tea.times(4), milk.times(2)).atMost(5));
 *     const problem = builder.build();
 */
import { assert } from "#foundation";
import { ProblemAssembly } from "./assembly.ts";
import { type Comparison, Expression, type Operand, sum } from "./expression.ts";
import {
  COMPARISON,
  type ObjectiveSense,
  PENALTY,
  type QuadraticProblem,
  VARTYPE,
  type Vartype,
} from "./quadratic-problem.ts";

/** What breaking a soft constraint costs. */
export interface SoftPenalty {
  /** Above 0; worsens the objective, whatever its sense. */
  readonly weight: number;
  /** Per unit of violation, or per its square. */
  readonly penalty: "linear" | "quadratic";
}

const COMPARISONS = Object.freeze({
  "at-most": COMPARISON.atMost,
  exactly: COMPARISON.equal,
  "at-least": COMPARISON.atLeast,
} as const);

/** Collects variables, one objective and constraints, and builds the problem once. */
export class ProblemBuilder {
  readonly #assembly = new ProblemAssembly("minimise");
  readonly #variables = new Set<string>();
  readonly #constraints = new Set<string>();
  #hasObjective = false;
  #isBuilt = false;

  /** A variable of value 0 or 1. */
  binary(label: string): Expression {
    return this.#variable(label, VARTYPE.binary, 0, 1);
  }

  /** A variable of value -1 or +1. */
  spin(label: string): Expression {
    return this.#variable(label, VARTYPE.spin, -1, 1);
  }

  /** An integer variable between `lower` and `upper`, both included; infinities are no bound. */
  integer(label: string, lower: number, upper: number): Expression {
    const isWhole = (bound: number) => Number.isInteger(bound) || Math.abs(bound) === Infinity;
    assert(isWhole(lower) && isWhole(upper) && lower <= upper, `bounds of ${label}`);
    return this.#variable(label, VARTYPE.integer, lower, upper);
  }

  /** States the objective to be made small. */
  minimise(objective: Operand): this {
    return this.#objective("minimise", objective);
  }

  /** States the objective to be made great. */
  maximise(objective: Operand): this {
    return this.#objective("maximise", objective);
  }

  /** Adds a constraint that must hold. */
  require(label: string, comparison: Comparison): this {
    this.#row(label, comparison, undefined);
    return this;
  }

  /** Adds a constraint that costs a penalty where it does not hold. */
  prefer(label: string, comparison: Comparison, soft: SoftPenalty): this {
    assert(soft.weight > 0 && soft.weight < Infinity, `weight of ${label} above 0`);
    this.#row(label, comparison, soft);
    return this;
  }

  /** Exactly one of these binary variables is 1. */
  oneHot(label: string, members: readonly Expression[]): this {
    return this.cardinality(label, members, "exactly", 1);
  }

  /** Bounds or fixes how many of these binary variables are 1. */
  cardinality(
    label: string,
    members: readonly Expression[],
    bound: keyof typeof COMPARISONS,
    count: number,
  ): this {
    assert(Number.isInteger(count), `whole count of ${label}`);
    const left = sum(members);
    return this.require(label, { left, comparison: COMPARISONS[bound], rightSide: count });
  }

  /** The problem, frozen; the builder is spent. */
  build(): QuadraticProblem {
    assert(!this.#isBuilt, "a builder builds once");
    this.#isBuilt = true;
    return this.#assembly.finish();
  }

  #variable(label: string, vartype: Vartype, lower: number, upper: number): Expression {
    assert(!this.#variables.has(label), `variable ${label} only once`);
    this.#variables.add(label);
    const index = this.#assembly.addVariable(label);
    this.#assembly.restrict(index, vartype, lower, upper);
    return new Expression(0, [{ bias: 1, first: index, second: undefined }]);
  }

  #objective(sense: ObjectiveSense, objective: Operand): this {
    assert(!this.#hasObjective, "one objective");
    this.#hasObjective = true;
    this.#assembly.sense = sense;
    const { offset, terms } = sum(objective);
    this.#assembly.addOffset(offset);
    for (const { bias, first, second } of terms) {
      if (second === undefined) this.#assembly.addLinear(first, bias);
      else this.#assembly.addQuadratic(first, second, bias);
    }
    return this;
  }

  #row(label: string, { left, comparison, rightSide }: Comparison, soft?: SoftPenalty): void {
    assert(!this.#constraints.has(label), `constraint ${label} only once`);
    this.#constraints.add(label);
    const penalty = soft === undefined ? undefined : PENALTY[soft.penalty];
    const row = this.#assembly.addRow({
      label,
      comparison,
      rightSide,
      weight: soft?.weight,
      penalty,
    });
    this.#assembly.addRowOffset(row, left.offset);
    for (const { bias, first, second } of left.terms) {
      if (second === undefined) this.#assembly.addRowLinear(row, first, bias);
      else this.#assembly.addRowQuadratic(row, first, second, bias);
    }
  }
}
