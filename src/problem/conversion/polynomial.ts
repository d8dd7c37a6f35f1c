/**
 * Quadratic polynomials in binary variables, small ones, while penalties are made of them.
 */
import type { ProblemAssembly } from "../model/assembly.ts";

/** offset + sum of linear terms + sum of products; x^2 may be written as (x, x). */
export interface Polynomial {
  readonly offset: number;
  readonly linear: readonly (readonly [variable: number, bias: number])[];
  readonly quadratic: readonly (readonly [first: number, second: number, bias: number])[];
}

/** A variable, or one minus it. */
export interface Literal {
  readonly variable: number;
  readonly isComplement: boolean;
}

/** (offset + sum of bias * x)^2. */
export function squareOf(
  offset: number,
  terms: readonly (readonly [variable: number, bias: number])[],
): Polynomial {
  const quadratic: (readonly [number, number, number])[] = [];
  for (const [index, [first, a]] of terms.entries()) {
    quadratic.push([first, first, a * a]);
    for (const [second, b] of terms.slice(index + 1)) quadratic.push([first, second, 2 * a * b]);
  }
  const linear = terms.map(([variable, bias]) => [variable, 2 * offset * bias] as const);
  return { offset: offset * offset, linear, quadratic };
}

/** The product of two literals, or one literal. */
export function conflictOf(a: Literal, b?: Literal): Polynomial {
  const [ofA, ofB] = [affine(a), b === undefined ? { offset: 1, bias: 0 } : affine(b)];
  const linear: (readonly [number, number])[] = [[a.variable, ofA.bias * ofB.offset]];
  if (b === undefined) return { offset: ofA.offset, linear, quadratic: [] };
  linear.push([b.variable, ofA.offset * ofB.bias]);
  const quadratic = [[a.variable, b.variable, ofA.bias * ofB.bias] as const];
  return { offset: ofA.offset * ofB.offset, linear, quadratic };
}

/** The sum of `parts`, each times its factor. */
export function combined(
  parts: readonly (readonly [factor: number, part: Polynomial])[],
): Polynomial {
  return {
    offset: parts.reduce((sum, [factor, { offset }]) => sum + factor * offset, 0),
    linear: parts.flatMap(([factor, { linear }]) =>
      linear.map(([variable, bias]) => [variable, factor * bias] as const),
    ),
    quadratic: parts.flatMap(([factor, { quadratic }]) =>
      quadratic.map(([first, second, bias]) => [first, second, factor * bias] as const),
    ),
  };
}

/** Adds `factor` times a polynomial to an objective. */
export function addPolynomial(
  assembly: ProblemAssembly,
  { offset, linear, quadratic }: Polynomial,
  factor: number,
): void {
  assembly.addOffset(factor * offset);
  for (const [variable, bias] of linear) assembly.addLinear(variable, factor * bias);
  for (const [first, second, bias] of quadratic) {
    assembly.addQuadratic(first, second, factor * bias);
  }
}

function affine({ isComplement }: Literal): { readonly offset: number; readonly bias: number } {
  return isComplement ? { offset: 1, bias: -1 } : { offset: 0, bias: 1 };
}
