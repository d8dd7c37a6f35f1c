/**
 * A CQM as a BQM, for machines that take nothing else, and the way back. Stations: minimise; make
 * linearly soft rows give; write spins and integers in bits; give products in rows a variable; turn
 * rows into penalties; weigh them. What comes back is judged against the CQM itself
 * (`verifyQuadratic`), which lists what is violated row by row.
 */
import { Fault } from "#foundation";
import { ProblemAssembly } from "../model/assembly.ts";
import { labelOf, type QuadraticProblem, VARTYPE } from "../model/quadratic-problem.ts";
import { HARD } from "../ordered-selection.ts";
import type { Sample } from "../problem.ts";
import { elasticRows } from "./elastic-rows.ts";
import { conversionFaults } from "./faults.ts";
import { bitCoefficients } from "./integer-bits.ts";
import { integralRow } from "./integral-row.ts";
import { penaltyWeights, type Weighing } from "./penalty-weights.ts";
import { addPolynomial, type Polynomial } from "./polynomial.ts";
import { linearRows } from "./products.ts";
import { type PenaltyForm, rowPenalty, type Unbalanced, violationSquare } from "./row-penalty.ts";
import {
  type AffineForm,
  itself,
  substituteObjective,
  substituteRow,
  valuesOf,
} from "./substitution.ts";
import { asMinimisation, type Restatement } from "./two-valued.ts";

/** How to convert. */
export interface ConversionOptions {
  /** `group` (the default) keeps minimisers; `row` is smaller and promises nothing. */
  readonly weighing?: Weighing | undefined;
  /** Penalise inequalities that would need slack without it, by these factors; no promise. */
  readonly unbalanced?: Unbalanced | undefined;
}

/** How one hard row of the CQM is held in the BQM. */
export interface RowReport {
  readonly label: string;
  readonly form: PenaltyForm;
  /** What one unit of its penalty costs; without meaning where the form is `none`. */
  readonly weight: number;
}

/** A BQM over binary variables, minimised; its variables behind the CQM's bits are auxiliary. */
export interface BqmConversion extends Restatement {
  readonly rows: readonly RowReport[];
}

/** A penalty to be weighed; of a row, or of a product. */
interface Holding {
  readonly label: string | undefined;
  readonly form: PenaltyForm;
  readonly polynomial: Polynomial;
}

/**
 * Converts. A minimiser of the result lifts to a minimiser of `problem` if that has a feasible
 * sample, unless an option without promise is used.
 *
 * @throws Fault `conversion-impossible` for unbounded integers and for biases that are no decimals.
 */
export function cqmToBqm(
  problem: QuadraticProblem,
  options: ConversionOptions = {},
): BqmConversion {
  refuseUnbounded(problem);
  const { bits, forms } = inBits(elasticRows(asMinimisation(problem)));
  const { problem: linear, penalties } = linearRows(bits);
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(linear.variableCount);
  substituteObjective(linear, itselves(linear), assembly);
  const products = penalties.map((polynomial): Holding => {
    return { label: undefined, form: "conflicts", polynomial };
  });
  const holdings = [...products, ...holdRows(linear, assembly, options)];
  const objective = assembly.finish();
  const weights = penaltyWeights(
    objective,
    holdings.map(({ polynomial }) => variablesOf(polynomial)),
    options.weighing ?? "group",
  );
  const own = forms.slice(0, problem.variableCount);
  return {
    problem: weighed(objective, holdings, weights),
    lift: (sample: Sample) => valuesOf(own, sample),
    rows: holdings.flatMap(({ label, form }, index) =>
      label === undefined ? [] : [{ label, form, weight: weights[index] }],
    ),
  };
}

function refuseUnbounded(problem: QuadraticProblem): void {
  const wide = problem.upperBounds.findIndex(
    (upper, index) => !(upper - problem.lowerBounds[index] < Number.MAX_SAFE_INTEGER),
  );
  if (wide < 0) return;
  const detail = `variable ${labelOf(problem, wide)}: expected finite bounds, got none`;
  throw new Fault(conversionFaults.impossible, { detail });
}

/** Every variable as a sum of bits. */
function inBits(problem: QuadraticProblem): {
  readonly bits: QuadraticProblem;
  readonly forms: readonly AffineForm[];
} {
  const assembly = new ProblemAssembly(problem.sense);
  const { vartypes, lowerBounds, upperBounds } = problem;
  const forms = Array.from(vartypes, (vartype, index): AffineForm => {
    const range = upperBounds[index] - lowerBounds[index];
    const coefficients = vartype === VARTYPE.spin ? [2] : bitCoefficients(range);
    return {
      offset: lowerBounds[index],
      terms: coefficients.map((bias) => [assembly.addVariable(), bias] as const),
    };
  });
  substituteObjective(problem, forms, assembly);
  for (let row = 0; row < problem.constraints.count; row += 1) {
    substituteRow(problem, row, forms, assembly);
  }
  return { bits: assembly.finish(), forms };
}

/** Adds what soft rows cost to the objective; answers what holds the hard ones. */
function holdRows(
  problem: QuadraticProblem,
  assembly: ProblemAssembly,
  { unbalanced }: ConversionOptions,
): Holding[] {
  const holdings: Holding[] = [];
  const { count, weights, labels } = problem.constraints;
  const addSlack = () => assembly.addVariable();
  for (let row = 0; row < count; row += 1) {
    const integral = integralRow(problem, row);
    if (weights[row] === HARD) {
      holdings.push({ label: labels[row], ...rowPenalty(integral, addSlack, unbalanced) });
      continue;
    }
    const factor = weights[row] * integral.unit * integral.unit;
    addPolynomial(assembly, violationSquare(integral, addSlack), factor);
  }
  return holdings;
}

function weighed(
  objective: QuadraticProblem,
  holdings: readonly Holding[],
  weights: readonly number[],
): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(objective.variableCount);
  substituteObjective(objective, itselves(objective), assembly);
  for (const [index, { polynomial }] of holdings.entries()) {
    addPolynomial(assembly, polynomial, weights[index]);
  }
  return assembly.finish();
}

function itselves({ variableCount }: QuadraticProblem): AffineForm[] {
  return Array.from({ length: variableCount }, (_, index) => itself(index));
}

function variablesOf({ linear, quadratic }: Polynomial): number[] {
  const variables = new Set(linear.map(([variable]) => variable));
  for (const [first, second] of quadratic) variables.add(first).add(second);
  return [...variables];
}
