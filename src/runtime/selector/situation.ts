/**
 * What kind of problem a problem is, as far as the choice of a search goes: some words, from the
 * general to the particular. What was learnt is kept by them.
 */
import { type QuadraticProblem, SHAPE, type StructureKind, VARTYPE } from "#problem";

/** From here on, of all products that there could be, a problem is dense. */
const DENSITY_MIN = 0.05;
/** Neighbours of a variable, on average, up to which a problem is like a lattice. */
const LATTICE_NEIGHBOURS_MAX = 4.5;
/** Variables up to which a problem is small, and up to which it is of medium size. */
const SMALL_MAX = 500;
const MEDIUM_MAX = 3000;

/** Structure, kind of rows, values of variables, how these are tied together, and size. */
export type Situation = readonly [
  structure: string,
  rows: string,
  values: string,
  ties: string,
  size: string,
];

/** The situation of a problem of this structure. */
export function situationOf(problem: QuadraticProblem, structure: StructureKind): Situation {
  return [structure, rowsOf(problem), valuesOf(problem), tiesOf(problem), sizeOf(problem)];
}

function rowsOf({ constraints: { count, shapes } }: QuadraticProblem): string {
  if (count === 0) return "free";
  if (shapes.includes(SHAPE.oneHot)) return "one-hot";
  return shapes.includes(SHAPE.cardinality) ? "counted" : "weighed";
}

function valuesOf({ vartypes }: QuadraticProblem): string {
  return vartypes.includes(VARTYPE.integer) ? "many-valued" : "two-valued";
}

function tiesOf({ variableCount, objective }: QuadraticProblem): string {
  const products = objective.columns.length;
  if (products === 0) return "linear";
  const pairs = (variableCount * (variableCount - 1)) / 2;
  if (products >= DENSITY_MIN * pairs) return "dense";
  return 2 * products <= LATTICE_NEIGHBOURS_MAX * variableCount ? "lattice" : "sparse";
}

function sizeOf({ variableCount }: QuadraticProblem): string {
  if (variableCount <= SMALL_MAX) return "small";
  return variableCount <= MEDIUM_MAX ? "medium" : "large";
}
