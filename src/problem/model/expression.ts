/**
 * Expressions: sums of numbers, variables and products of two variables, written as methods because
 * the language has no operators to overload. Values, never changed: `x.times(y)` leaves x and y as
 * they were.
 */
import { assert } from "#foundation";
import { COMPARISON, type ComparisonCode } from "./quadratic-problem.ts";

/** One term: `bias` times the product of at most two variables, given by index. */
interface Term {
  readonly bias: number;
  readonly first: number;
  readonly second: number | undefined;
}

/** What may stand where an expression is expected. */
export type Operand = Expression | number;

/** A comparison of an expression with a number: what a constraint is made of. */
export interface Comparison {
  readonly left: Expression;
  readonly comparison: ComparisonCode;
  readonly rightSide: number;
}

/** A polynomial of degree at most two. */
export class Expression {
  readonly offset: number;
  readonly terms: readonly Term[];

  constructor(offset: number, terms: readonly Term[]) {
    this.offset = offset;
    this.terms = terms;
  }

  /** This plus `other`. For many summands use {@link sum}. */
  plus(other: Operand): Expression {
    return sum(this, other);
  }

  /** This minus `other`. */
  minus(other: Operand): Expression {
    return sum(this, asExpression(other).times(-1));
  }

  /** The product with a number, or of two expressions whose degrees add up to at most two. */
  times(other: Operand): Expression {
    const right = asExpression(other);
    const products = this.terms.flatMap((a) => right.terms.map((b) => product(a, b)));
    const left = right.offset === 0 ? [] : scaled(this.terms, right.offset);
    const rest = this.offset === 0 ? [] : scaled(right.terms, this.offset);
    return new Expression(this.offset * right.offset, [...left, ...rest, ...products]);
  }

  /** The product with itself. */
  squared(): Expression {
    return this.times(this);
  }

  /** This <= `bound`. */
  atMost(bound: Operand): Comparison {
    return compare(this, COMPARISON.atMost, bound);
  }

  /** This = `value`. */
  equals(value: Operand): Comparison {
    return compare(this, COMPARISON.equal, value);
  }

  /** This >= `bound`. */
  atLeast(bound: Operand): Comparison {
    return compare(this, COMPARISON.atLeast, bound);
  }
}

/** The sum of numbers, expressions and lists of them. */
export function sum(...summands: readonly (Operand | readonly Operand[])[]): Expression {
  const parts = summands.flat().map(asExpression);
  const offset = parts.reduce((total, part) => total + part.offset, 0);
  return new Expression(
    offset,
    parts.flatMap((part) => part.terms),
  );
}

function asExpression(operand: Operand): Expression {
  if (typeof operand !== "number") return operand;
  assert(Number.isFinite(operand), `a finite number, got ${operand}`);
  return new Expression(operand, []);
}

function compare(left: Expression, comparison: ComparisonCode, right: Operand): Comparison {
  const difference = left.minus(right);
  return { left: new Expression(0, difference.terms), comparison, rightSide: -difference.offset };
}

function scaled(terms: readonly Term[], factor: number): Term[] {
  return terms.map(({ bias, first, second }) => ({ bias: bias * factor, first, second }));
}

function product(a: Term, b: Term): Term {
  assert(a.second === undefined && b.second === undefined, "a product of degree at most two");
  return { bias: a.bias * b.bias, first: a.first, second: b.first };
}
