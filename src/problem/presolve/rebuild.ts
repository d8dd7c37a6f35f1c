/**
 * The problem that is left of a draft: fixed variables put in as numbers, removed rows left out,
 * and the way between its samples and the original's.
 */
import { ProblemAssembly } from "../model/assembly.ts";
import {
  COMPARISON,
  type ComparisonCode,
  labelOf,
  PENALTY,
  type QuadraticProblem,
  VARTYPE,
} from "../model/quadratic-problem.ts";
import type { Draft } from "./draft.ts";

/** A rebuilt problem, and which of the draft's variables and rows are in it. */
export interface Rebuilt {
  readonly problem: QuadraticProblem;
  readonly variables: Int32Array;
  readonly rows: Int32Array;
}

/** Rebuilds; every variable that is left keeps its label, and every row its own. */
export function rebuild(draft: Draft): Rebuilt {
  const { problem } = draft;
  const assembly = new ProblemAssembly(problem.sense);
  const placeOf = new Int32Array(problem.variableCount).fill(-1);
  const variables: number[] = [];
  for (let variable = 0; variable < problem.variableCount; variable += 1) {
    if (draft.isFixed(variable)) continue;
    // Once indices shift, an index alone no longer says which variable is meant.
    placeOf[variable] = assembly.addVariable(labelOf(problem, variable));
    variables.push(variable);
    const [lower, upper] = [draft.lower[variable], draft.upper[variable]];
    assembly.restrict(placeOf[variable], vartypeOf(problem, variable), lower, upper);
  }
  addObjective(draft, assembly, placeOf);
  const rows: number[] = [];
  for (let row = 0; row < problem.constraints.count; row += 1) {
    if (draft.stands[row] === 0) continue;
    rows.push(row);
    addRow(draft, row, assembly, placeOf);
  }
  return {
    problem: assembly.finish(),
    variables: Int32Array.from(variables),
    rows: Int32Array.from(rows),
  };
}

function vartypeOf({ vartypes }: QuadraticProblem, variable: number) {
  const code = vartypes[variable];
  if (code === VARTYPE.spin) return VARTYPE.spin;
  return code === VARTYPE.binary ? VARTYPE.binary : VARTYPE.integer;
}

/** Adds bias * first * second where any of the two may be fixed. */
function addProduct(
  draft: Draft,
  placeOf: Int32Array,
  pair: readonly [first: number, second: number, bias: number],
  put: {
    readonly offset: (bias: number) => void;
    readonly linear: (place: number, bias: number) => void;
    readonly quadratic: (first: number, second: number, bias: number) => void;
  },
): void {
  const [first, second, bias] = pair;
  const [a, b] = [placeOf[first], placeOf[second]];
  if (a >= 0 && b >= 0) put.quadratic(a, b, bias);
  else if (a >= 0) put.linear(a, bias * draft.lower[second]);
  else if (b >= 0) put.linear(b, bias * draft.lower[first]);
  else put.offset(bias * draft.lower[first] * draft.lower[second]);
}

function addObjective(draft: Draft, assembly: ProblemAssembly, placeOf: Int32Array): void {
  const { objective, variableCount } = draft.problem;
  assembly.addOffset(objective.offset);
  const put = {
    offset: (bias: number) => assembly.addOffset(bias),
    linear: (place: number, bias: number) => assembly.addLinear(place, bias),
    quadratic: (a: number, b: number, bias: number) => assembly.addQuadratic(a, b, bias),
  };
  for (let first = 0; first < variableCount; first += 1) {
    const bias = objective.linear[first];
    if (placeOf[first] >= 0) assembly.addLinear(placeOf[first], bias);
    else assembly.addOffset(bias * draft.lower[first]);
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      if (draft.dropped.has(entry)) continue;
      addProduct(draft, placeOf, [first, objective.columns[entry], objective.biases[entry]], put);
    }
  }
}

function addRow(draft: Draft, row: number, assembly: ProblemAssembly, placeOf: Int32Array): void {
  const rows = draft.problem.constraints;
  const added = assembly.addRow({
    label: rows.labels[row],
    comparison: comparisonOf(draft.comparisons[row]),
    rightSide: draft.rightSides[row],
    weight: rows.weights[row],
    penalty: rows.penalties[row] === PENALTY.linear ? PENALTY.linear : PENALTY.quadratic,
  });
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    const bias = draft.biases[entry];
    const variable = rows.columns[entry];
    if (placeOf[variable] >= 0) assembly.addRowLinear(added, placeOf[variable], bias);
    else assembly.addRowOffset(added, bias * draft.lower[variable]);
  }
  const put = {
    offset: (bias: number) => assembly.addRowOffset(added, bias),
    linear: (place: number, bias: number) => assembly.addRowLinear(added, place, bias),
    quadratic: (a: number, b: number, bias: number) => assembly.addRowQuadratic(added, a, b, bias),
  };
  for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
    const pair = [
      rows.pairFirsts[entry],
      rows.pairSeconds[entry],
      draft.pairBiases[entry],
    ] as const;
    addProduct(draft, placeOf, pair, put);
  }
}

function comparisonOf(code: number): ComparisonCode {
  if (code === COMPARISON.equal) return COMPARISON.equal;
  return code === COMPARISON.atMost ? COMPARISON.atMost : COMPARISON.atLeast;
}
