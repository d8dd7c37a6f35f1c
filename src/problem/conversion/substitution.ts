/**
 * Substitution of variables by affine forms of others, x_i = offset + sum of bias * y_k: what
 * changes of vartype and encodings of integers have in common. Samples come back by the same forms.
 */
import type { ProblemAssembly, RowHead } from "../model/assembly.ts";
import {
  COMPARISON,
  type ComparisonCode,
  interactionsOf,
  PENALTY,
  type QuadraticProblem,
  VARTYPE,
} from "../model/quadratic-problem.ts";
import type { Sample } from "../problem.ts";

/** What stands for one variable. */
export interface AffineForm {
  readonly offset: number;
  readonly terms: readonly (readonly [variable: number, bias: number])[];
}

/** Takes a term of a polynomial in the new variables. */
interface Target {
  readonly offset: (bias: number) => void;
  readonly linear: (variable: number, bias: number) => void;
  readonly quadratic: (first: number, second: number, bias: number) => void;
}

interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

function boundsOf({ lowerBounds, upperBounds }: QuadraticProblem, variable: number): Bounds {
  return { lower: lowerBounds[variable], upper: upperBounds[variable] };
}

/** A variable as itself, under a new index. */
export function itself(variable: number): AffineForm {
  return { offset: 0, terms: [[variable, 1]] };
}

/** Adds to `assembly` a variable of the kind of `variable`, with these bounds or its own. */
export function addLike(
  problem: QuadraticProblem,
  variable: number,
  assembly: ProblemAssembly,
  { lower, upper }: Bounds = boundsOf(problem, variable),
): number {
  const added = assembly.addVariable(problem.labels?.[variable]);
  const code = problem.vartypes[variable];
  if (code === VARTYPE.spin) assembly.restrict(added, VARTYPE.spin);
  if (code === VARTYPE.integer) assembly.restrict(added, VARTYPE.integer, lower, upper);
  return added;
}

/** Adds the objective of `problem`, in the variables of `assembly`, to that of `assembly`. */
export function substituteObjective(
  problem: QuadraticProblem,
  forms: readonly AffineForm[],
  assembly: ProblemAssembly,
): void {
  const target: Target = {
    offset: (bias) => assembly.addOffset(bias),
    linear: (variable, bias) => assembly.addLinear(variable, bias),
    quadratic: (first, second, bias) => assembly.addQuadratic(first, second, bias),
  };
  target.offset(problem.objective.offset);
  for (const [index, bias] of problem.objective.linear.entries()) {
    if (bias !== 0) addForm(target, forms[index], bias);
  }
  for (const [first, second, bias] of interactionsOf(problem)) {
    addProduct(target, forms[first], forms[second], bias);
  }
}

/** Adds row `row` of `problem`, in the variables of `assembly`, as `head` or as it is. */
export function substituteRow(
  problem: QuadraticProblem,
  row: number,
  forms: readonly AffineForm[],
  assembly: ProblemAssembly,
  head: RowHead = headOf(problem, row),
): number {
  const { constraints: rows } = problem;
  const added = assembly.addRow(head);
  const target: Target = {
    offset: (bias) => assembly.addRowOffset(added, bias),
    linear: (variable, bias) => assembly.addRowLinear(added, variable, bias),
    quadratic: (first, second, bias) => assembly.addRowQuadratic(added, first, second, bias),
  };
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    addForm(target, forms[rows.columns[entry]], rows.biases[entry]);
  }
  for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
    const first = forms[rows.pairFirsts[entry]];
    addProduct(target, first, forms[rows.pairSeconds[entry]], rows.pairBiases[entry]);
  }
  return added;
}

/** What a row is besides its terms. */
export function headOf({ constraints: rows }: QuadraticProblem, row: number): RowHead {
  const isLinear = rows.penalties[row] === PENALTY.linear;
  return {
    label: rows.labels[row],
    comparison: comparisonOf(rows.comparisons[row]),
    rightSide: rows.rightSides[row],
    weight: rows.weights[row],
    penalty: isLinear ? PENALTY.linear : PENALTY.quadratic,
  };
}

/** The values of the old variables, given those of the new ones. */
export function valuesOf(forms: readonly AffineForm[], { values }: Sample): Sample {
  return {
    values: Int32Array.from(forms, ({ offset, terms }) =>
      terms.reduce((sum, [variable, bias]) => sum + bias * values[variable], offset),
    ),
  };
}

function comparisonOf(code: number): ComparisonCode {
  if (code === COMPARISON.equal) return COMPARISON.equal;
  return code === COMPARISON.atMost ? COMPARISON.atMost : COMPARISON.atLeast;
}

function addForm(target: Target, { offset, terms }: AffineForm, factor: number): void {
  if (offset !== 0) target.offset(offset * factor);
  for (const [variable, bias] of terms) target.linear(variable, bias * factor);
}

function addProduct(target: Target, a: AffineForm, b: AffineForm, factor: number): void {
  target.offset(a.offset * b.offset * factor);
  if (b.offset !== 0) addForm(target, { offset: 0, terms: a.terms }, b.offset * factor);
  if (a.offset !== 0) addForm(target, { offset: 0, terms: b.terms }, a.offset * factor);
  for (const [first, left] of a.terms) {
    for (const [second, right] of b.terms) target.quadratic(first, second, left * right * factor);
  }
}
