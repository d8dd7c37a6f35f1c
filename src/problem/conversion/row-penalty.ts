/**
 * A row over binary variables as a penalty: a polynomial that is 0 at best where the row holds and
 * at least 1 where it does not.
 *
 * - Equalities are squared.
 * - An inequality that says no more than which pairs exclude each other, such as at most one,
 *   x + y >= 1, an implication, or sum x_i <= n y, becomes the sum of those products: no slack.
 * - Any other inequality is squared with a slack of as few bits as its range allows; or, on demand,
 *   penalised without slack and without promise: unbalanced penalisation (A. Montanez-Barrera et
 *   al., Quantum Sci. Technol. 9, 2024).
 */

import { bitCoefficients } from "./integer-bits.ts";
import type { IntegralRow } from "./integral-row.ts";
import { combined, conflictOf, type Literal, type Polynomial, squareOf } from "./polynomial.ts";

/** How a row was turned into a penalty. */
export type PenaltyForm = "none" | "square" | "conflicts" | "slack" | "unbalanced";

/** The factors of unbalanced penalisation: of -h and of h^2, h being what is left of a bound. */
export interface Unbalanced {
  readonly linear: number;
  readonly quadratic: number;
}

/** A penalty and the form it has. */
export interface RowPenalty {
  readonly form: PenaltyForm;
  readonly polynomial: Polynomial;
}

/** sum of weight * literal <= capacity; weights above 0, divided by what they have in common. */
interface Packing {
  readonly literals: readonly Literal[];
  readonly weights: readonly number[];
  readonly capacity: number;
}

const NOTHING: Polynomial = Object.freeze({ offset: 0, linear: [], quadratic: [] });

/** The penalty of a row that must hold; `addSlack` adds a binary variable and answers its index. */
export function rowPenalty(
  row: IntegralRow,
  addSlack: () => number,
  unbalanced: Unbalanced | undefined,
): RowPenalty {
  if (row.isEquality) return { form: "square", polynomial: equalitySquare(row) };
  const packing = packingOf(row);
  const { weights, capacity } = packing;
  if (total(weights) <= capacity) return { form: "none", polynomial: NOTHING };
  const conflicts = conflictsOf(packing);
  if (conflicts !== undefined) return { form: "conflicts", polynomial: conflicts };
  const left = termsOf(packing);
  if (unbalanced !== undefined) {
    const remainder = { offset: capacity - left.offset, terms: negated(left.terms) };
    const linear = { offset: remainder.offset, linear: remainder.terms, quadratic: [] };
    const polynomial = combined([
      [-unbalanced.linear, linear],
      [unbalanced.quadratic, squareOf(remainder.offset, remainder.terms)],
    ]);
    return { form: "unbalanced", polynomial };
  }
  const slack = bitCoefficients(Math.max(0, capacity)).map((bit) => [addSlack(), bit] as const);
  const polynomial = squareOf(left.offset - capacity, [...left.terms, ...slack]);
  return { form: "slack", polynomial };
}

/** The square of how far a soft row is violated, once its slack is at its best. */
export function violationSquare(row: IntegralRow, addSlack: () => number): Polynomial {
  const terms = row.variables.map(
    (variable, index) => [variable, row.coefficients[index]] as const,
  );
  if (row.isEquality) return squareOf(-row.rightSide, terms);
  const least = total(row.coefficients.filter((coefficient) => coefficient < 0));
  const range = Math.max(0, row.rightSide - least);
  const slack = bitCoefficients(range).map((bit) => [addSlack(), bit] as const);
  return squareOf(-row.rightSide, [...terms, ...slack]);
}

/** Divided by the common divisor of its coefficients, so that the least violation counts 1. */
function equalitySquare({ variables, coefficients, rightSide }: IntegralRow): Polynomial {
  const divisor = coefficients.reduce(commonDivisor, Math.abs(rightSide)) || 1;
  const terms = variables.map((one, index) => [one, coefficients[index] / divisor] as const);
  return squareOf(-rightSide / divisor, terms);
}

/** Negative coefficients change sign with their variable's complement. */
function packingOf({ variables, coefficients, rightSide }: IntegralRow): Packing {
  const divisor = coefficients.reduce(commonDivisor, 0) || 1;
  const negative = total(coefficients.filter((coefficient) => coefficient < 0));
  return {
    literals: variables.map((variable, index) => ({
      variable,
      isComplement: coefficients[index] < 0,
    })),
    weights: coefficients.map((coefficient) => Math.abs(coefficient) / divisor),
    capacity: Math.floor((rightSide - negative) / divisor),
  };
}

/**
 * The sum of all excluded literals and pairs, if they are all the row says. They are when no set
 * without an excluded pair exceeds the capacity; the heaviest such set with j as its heaviest
 * member has every lighter member that fits beside j.
 */
function conflictsOf({ literals, weights, capacity }: Packing): Polynomial | undefined {
  if (capacity < 0) return undefined;
  const order = weights.map((_, index) => index).sort((a, b) => weights[a] - weights[b]);
  const conflicts: (readonly [1, Polynomial])[] = [];
  for (const [rank, heaviest] of order.entries()) {
    const weight = weights[heaviest];
    if (weight > capacity) {
      conflicts.push([1, conflictOf(literals[heaviest])]);
      continue;
    }
    let load = weight;
    for (const lighter of order.slice(0, rank)) {
      if (weights[lighter] + weight <= capacity) load += weights[lighter];
      else conflicts.push([1, conflictOf(literals[lighter], literals[heaviest])]);
    }
    if (load > capacity) return undefined;
  }
  return combined(conflicts);
}

/** The sum of weighted literals, as terms of variables. */
function termsOf({ literals, weights }: Packing) {
  const offset = total(weights.filter((_, index) => literals[index].isComplement));
  const terms = literals.map(({ variable, isComplement }, index) => {
    return [variable, isComplement ? -weights[index] : weights[index]] as const;
  });
  return { offset, terms };
}

function negated(terms: readonly (readonly [number, number])[]) {
  return terms.map(([variable, bias]) => [variable, -bias] as const);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function commonDivisor(a: number, b: number): number {
  let [divisor, rest] = [Math.abs(a), Math.abs(b)];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}
