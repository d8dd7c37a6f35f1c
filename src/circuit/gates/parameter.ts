/**
 * Gate parameters: a number of radians, or a sum of symbols with coefficients that is bound to
 * numbers later. Sums are all that inverses, integer powers and decompositions of the gate table
 * ever make of a parameter, so nothing more general is kept.
 */
import { assert } from "#foundation";

/**
 * `constant` plus the sum of `coefficient * symbol`; symbols ascending and distinct, no coefficient
 * 0.
 */
export interface SymbolicParameter {
  readonly kind: "affine";
  readonly constant: number;
  readonly terms: readonly SymbolTerm[];
}

/** One symbol of a parameter with its coefficient. */
export interface SymbolTerm {
  readonly symbol: string;
  readonly coefficient: number;
}

/** A gate parameter, in radians. */
export type Parameter = number | SymbolicParameter;

/** Values of symbols, in radians. */
export type SymbolValues = Readonly<Record<string, number>>;

/**
 * The parameter that is the symbol `name` (a letter or underscore, then letters, digits,
 * underscores).
 */
export function symbol(name: string): Parameter {
  assert(/^[\p{L}_][\p{L}\p{Nl}_0-9]*$/u.test(name), `a symbol's name, got ${name}`);
  return Object.freeze({ kind: "affine", constant: 0, terms: [{ symbol: name, coefficient: 1 }] });
}

/** The sum of parameters. */
export function plus(...parameters: readonly Parameter[]): Parameter {
  let constant = 0;
  const coefficients = new Map<string, number>();
  for (const parameter of parameters) {
    if (typeof parameter === "number") {
      constant += parameter;
      continue;
    }
    constant += parameter.constant;
    for (const term of parameter.terms) {
      coefficients.set(term.symbol, (coefficients.get(term.symbol) ?? 0) + term.coefficient);
    }
  }
  return affine(constant, coefficients);
}

/** `factor * parameter`. */
export function scaled(parameter: Parameter, factor: number): Parameter {
  // Adding 0 turns -0 into 0, so that equal parameters are equal to every comparison.
  if (typeof parameter === "number") return parameter * factor + 0;
  return affine(
    parameter.constant * factor,
    new Map(parameter.terms.map((term) => [term.symbol, term.coefficient * factor])),
  );
}

/** `-parameter`. */
export function negated(parameter: Parameter): Parameter {
  return scaled(parameter, -1);
}

/** `parameter` with every symbol that `values` knows replaced; a number when none is left. */
export function bindParameter(parameter: Parameter, values: SymbolValues): Parameter {
  if (typeof parameter === "number") return parameter;
  const parts = parameter.terms.map((term): Parameter => {
    const value = Object.hasOwn(values, term.symbol) ? values[term.symbol] : undefined;
    return value === undefined
      ? scaled(symbol(term.symbol), term.coefficient)
      : value * term.coefficient;
  });
  return plus(parameter.constant, ...parts);
}

/** The names of the symbols in `parameter`. */
export function symbolsOf(parameter: Parameter): readonly string[] {
  return typeof parameter === "number" ? [] : parameter.terms.map((term) => term.symbol);
}

/**
 * The parameter as a number.
 *
 * @throws AssertionError when a symbol is unbound.
 */
export function radians(parameter: Parameter): number {
  assert(typeof parameter === "number", `bound symbols, got ${symbolsOf(parameter).join(", ")}`);
  return parameter;
}

function affine(constant: number, coefficients: ReadonlyMap<string, number>): Parameter {
  const terms = [...coefficients]
    .filter(([, coefficient]) => coefficient !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, coefficient]) => ({ symbol: name, coefficient }));
  return terms.length === 0 ? constant : Object.freeze({ kind: "affine", constant, terms });
}
