/**
 * The problem of a region while everything around it stays: products with what is fixed become
 * linear biases, and rows are left with what the fixed part of them leaves - a capacity less what
 * is used elsewhere, a group less the member chosen elsewhere.
 */
import { STEP_TERMS, type Steps } from "#kernels";
import {
  COMPARISON,
  type ComparisonCode,
  PENALTY,
  ProblemAssembly,
  type QuadraticProblem,
  type Sample,
  VARTYPE,
  type Vartype,
} from "#problem";
import type { QuadraticLayout } from "../quadratic-layout.ts";

/** A region's problem; its variables are the region's, in order. Always to be minimised. */
export function* subProblem(
  layout: QuadraticLayout,
  region: readonly number[],
  values: Int32Array,
): Steps<QuadraticProblem> {
  const { problem, linear, squares, starts, neighbours, biases } = layout;
  const assembly = new ProblemAssembly("minimise");
  const placeOf = new Int32Array(layout.variableCount).fill(-1);
  for (const [place, variable] of region.entries()) placeOf[variable] = place;
  let looked = 0;
  for (const [place, variable] of region.entries()) {
    looked += starts[variable + 1] - starts[variable];
    if (looked > STEP_TERMS) {
      looked = 0;
      yield;
    }
    assembly.addVariable();
    const { vartypes, lowerBounds, upperBounds } = problem;
    const vartype = vartypeOf(vartypes[variable]);
    assembly.restrict(place, vartype, lowerBounds[variable], upperBounds[variable]);
    assembly.addLinear(place, linear[variable]);
    if (squares[variable] !== 0) assembly.addQuadratic(place, place, squares[variable]);
    for (let entry = starts[variable]; entry < starts[variable + 1]; entry += 1) {
      const other = placeOf[neighbours[entry]];
      if (other < 0) assembly.addLinear(place, biases[entry] * values[neighbours[entry]]);
      else if (other < place) assembly.addQuadratic(other, place, biases[entry]);
    }
  }
  addRows(assembly, layout, { region, placeOf }, values);
  return assembly.finish();
}

/** The region's part of a sample. */
export function partOf(region: readonly number[], values: Int32Array): Sample {
  return { values: Int32Array.from(region, (variable) => values[variable]) };
}

/** A region, and the place in it of each variable of the whole; -1 elsewhere. */
interface Places {
  readonly region: readonly number[];
  readonly placeOf: Int32Array;
}

/** Every row that one of the region's variables is in, less its fixed part. */
function addRows(
  assembly: ProblemAssembly,
  { problem, touches }: QuadraticLayout,
  { region, placeOf }: Places,
  values: Int32Array,
): void {
  const { constraints: rows } = problem;
  const seen = new Set<number>();
  for (const variable of region) {
    for (let touch = touches.starts[variable]; touch < touches.starts[variable + 1]; touch += 1) {
      const row = touches.rows[touch];
      if (seen.has(row)) continue;
      seen.add(row);
      const index = assembly.addRow({
        comparison: comparisonOf(rows.comparisons[row]),
        rightSide: rows.rightSides[row] - fixedPart(problem, row, placeOf, values),
        weight: rows.weights[row],
        penalty: rows.penalties[row] === PENALTY.quadratic ? PENALTY.quadratic : PENALTY.linear,
      });
      for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
        const place = placeOf[rows.columns[entry]];
        if (place >= 0) assembly.addRowLinear(index, place, rows.biases[entry]);
      }
    }
  }
}

/** What the variables of a row outside the region add up to. */
function fixedPart(
  { constraints: rows }: QuadraticProblem,
  row: number,
  placeOf: Int32Array,
  values: Int32Array,
): number {
  let sum = 0;
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    const column = rows.columns[entry];
    if (placeOf[column] < 0) sum += rows.biases[entry] * values[column];
  }
  return sum;
}

function vartypeOf(code: number): Vartype {
  if (code === VARTYPE.integer) return VARTYPE.integer;
  return code === VARTYPE.spin ? VARTYPE.spin : VARTYPE.binary;
}

function comparisonOf(code: number): ComparisonCode {
  if (code === COMPARISON.equal) return COMPARISON.equal;
  return code === COMPARISON.atMost ? COMPARISON.atMost : COMPARISON.atLeast;
}
