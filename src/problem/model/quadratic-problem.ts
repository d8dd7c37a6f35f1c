/**
 * The quadratic problem: binary, spin and integer variables, one objective, and constraints, linear
 * and quadratic throughout. It is frozen and flat: every number lies in a typed array over shared
 * memory, so that a problem of ten million terms is posted to a thread without being copied. Words
 * are those of dimod: vartype, bias, offset, interaction.
 *
 * A sample gives each variable its own value: 0 or 1, -1 or +1, or an integer within its bounds.
 */

/** What values a variable takes, as coded in {@link QuadraticProblem.vartypes}. */
export const VARTYPE = Object.freeze({ binary: 0, spin: 1, integer: 2 } as const);

/** How a constraint's left side compares with its right, as coded in {@link ConstraintRows}. */
export const COMPARISON = Object.freeze({ atMost: 0, equal: 1, atLeast: 2 } as const);

/**
 * What a row says where it says something special. *One-hot*: exactly one of these binary variables
 * is 1. *Cardinality*: the number of these binary variables that are 1 is bounded or fixed. It is
 * read off the row when the problem is built, so no path can lose it or state it wrongly.
 */
export const SHAPE = Object.freeze({ general: 0, oneHot: 1, cardinality: 2 } as const);

/** What a soft constraint costs: `weight` times the violation, or times its square. */
export const PENALTY = Object.freeze({ linear: 0, quadratic: 1 } as const);

/** Whether the objective is to be made small or great. */
export type ObjectiveSense = "minimise" | "maximise";
/** A code of {@link VARTYPE}. */
export type Vartype = (typeof VARTYPE)[keyof typeof VARTYPE];
/** A code of {@link COMPARISON}. */
export type ComparisonCode = (typeof COMPARISON)[keyof typeof COMPARISON];
/** A code of {@link PENALTY}. */
export type PenaltyCode = (typeof PENALTY)[keyof typeof PENALTY];

/**
 * offset + sum_i linear[i] x_i + sum_{i<=j} bias_ij x_i x_j. Each pair stands once, with all of its
 * coefficient; i = j occurs for integer variables alone, as x^2 = x and s^2 = 1 for the others.
 */
export interface Objective {
  readonly offset: number;
  /** One bias per variable. */
  readonly linear: Float64Array;
  /** Interactions of i with j >= i: entries `starts[i]` up to but excluding `starts[i + 1]`. */
  readonly starts: Int32Array;
  /** j of each interaction, ascending within i, each at most once. */
  readonly columns: Int32Array;
  readonly biases: Float64Array;
}

/** All constraints, row by row: linear part, quadratic part, comparison, right side. */
export interface ConstraintRows {
  readonly count: number;
  readonly labels: readonly string[];
  /** Codes of {@link COMPARISON}. */
  readonly comparisons: Uint8Array;
  readonly rightSides: Float64Array;
  /** Paid per violation as `penalties` says; `HARD` (infinity) where the row must hold. */
  readonly weights: Float64Array;
  /** Codes of {@link PENALTY}; without meaning where the row is hard. */
  readonly penalties: Uint8Array;
  /** Codes of {@link SHAPE}. */
  readonly shapes: Uint8Array;
  /** Linear part of row r: entries `starts[r]` up to but excluding `starts[r + 1]`. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly biases: Float64Array;
  /** Quadratic part of row r: entries `pairStarts[r]` up to but excluding `pairStarts[r + 1]`. */
  readonly pairStarts: Int32Array;
  /** The pair of each entry, first <= second. */
  readonly pairFirsts: Int32Array;
  readonly pairSeconds: Int32Array;
  readonly pairBiases: Float64Array;
}

/**
 * A quadratic problem. Without constraints, and with variables of one two-valued vartype, it is a
 * BQM; otherwise a CQM. Soft constraints worsen the objective by their penalty, whatever the sense.
 * Every array is read-only by convention; typed arrays cannot be frozen.
 */
export interface QuadraticProblem {
  readonly kind: "quadratic";
  readonly sense: ObjectiveSense;
  readonly variableCount: number;
  /** Codes of {@link VARTYPE}. */
  readonly vartypes: Uint8Array;
  /** Integers, or minus infinity; 0 for binary and -1 for spin variables. */
  readonly lowerBounds: Float64Array;
  /** Integers, or infinity; 1 for binary and spin variables. */
  readonly upperBounds: Float64Array;
  /** One name per variable, all different; absent when variables are known by their index alone. */
  readonly labels: readonly string[] | undefined;
  readonly objective: Objective;
  readonly constraints: ConstraintRows;
}

/** The name of variable `index`; where the problem gives none, its index as text. */
export function labelOf(problem: QuadraticProblem, index: number): string {
  return problem.labels === undefined ? String(index) : problem.labels[index];
}

/** Whether every variable is of `vartype`; true for a problem without variables. */
export function isAll(problem: QuadraticProblem, vartype: Vartype): boolean {
  return problem.vartypes.every((one) => one === vartype);
}

/** Every interaction of a problem, as `[first, second, bias]` with first <= second, in order. */
export function* interactionsOf({
  variableCount,
  objective,
}: QuadraticProblem): Generator<readonly [first: number, second: number, bias: number]> {
  for (let first = 0; first < variableCount; first += 1) {
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      yield [first, objective.columns[entry], objective.biases[entry]];
    }
  }
}
