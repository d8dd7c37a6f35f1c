/**
 * Cutting a problem along lines that no row and no interaction crosses: each piece a problem of its
 * own, its numbers copied in bulk. Linear in the terms and in the number of pieces.
 */
import type { ConstraintRows, Objective, QuadraticProblem } from "../model/quadratic-problem.ts";
import { sharedCopy, sharedInt32, sharedUint8 } from "../model/shared-arrays.ts";

/** A piece of a problem. */
export interface Part {
  readonly problem: QuadraticProblem;
  /** Index in the whole of each of its variables, ascending. */
  readonly variables: Int32Array;
}

/**
 * The pieces 0 to `count - 1`; variable i is in piece `partOf[i]`, or in none where that is
 * negative. What a row or an interaction joins has to be in one piece. The first has the offset and
 * the rows without variables.
 */
export function separate(
  problem: QuadraticProblem,
  partOf: Int32Array,
  count: number,
): readonly Part[] {
  const variables = byPart(partOf, count);
  const rows = byPart(partsOfRows(problem, partOf), count);
  const placeOf = new Int32Array(problem.variableCount);
  for (const own of variables) {
    for (let place = 0; place < own.length; place += 1) placeOf[own[place]] = place;
  }
  return variables.map((own, part) => ({
    problem: pieceOf(problem, own, rows[part], placeOf, part === 0 ? problem.objective.offset : 0),
    variables: own,
  }));
}

/** Indices by part, ascending in each. */
function byPart(partOf: Int32Array, count: number): Int32Array[] {
  const sizes = new Int32Array(count);
  for (const part of partOf) if (part >= 0) sizes[part] += 1;
  const lists = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (let index = 0; index < partOf.length; index += 1) {
    const part = partOf[index];
    if (part < 0) continue;
    lists[part][sizes[part]] = index;
    sizes[part] += 1;
  }
  return lists;
}

function partsOfRows({ constraints: rows }: QuadraticProblem, partOf: Int32Array): Int32Array {
  const parts = new Int32Array(rows.count);
  for (let row = 0; row < rows.count; row += 1) {
    const pair = rows.pairStarts[row];
    if (rows.starts[row + 1] > rows.starts[row])
      parts[row] = partOf[rows.columns[rows.starts[row]]];
    else if (rows.pairStarts[row + 1] > pair) parts[row] = partOf[rows.pairFirsts[pair]];
  }
  return parts;
}

function pieceOf(
  problem: QuadraticProblem,
  variables: Int32Array,
  rows: Int32Array,
  placeOf: Int32Array,
  offset: number,
): QuadraticProblem {
  const { labels, objective, constraints } = problem;
  return Object.freeze({
    kind: "quadratic",
    sense: problem.sense,
    variableCount: variables.length,
    vartypes: sharedUint8(gathered(problem.vartypes, variables)),
    lowerBounds: sharedCopy(gathered(problem.lowerBounds, variables)),
    upperBounds: sharedCopy(gathered(problem.upperBounds, variables)),
    labels: labels && variables.length > 0 ? Object.freeze(named(labels, variables)) : undefined,
    objective: objectiveOf(objective, variables, placeOf, offset),
    constraints: rowsOf(constraints, rows, placeOf),
  });
}

function gathered<Numbers extends Uint8Array | Float64Array>(
  all: Numbers,
  indices: Int32Array,
): Float64Array {
  const own = new Float64Array(indices.length);
  for (let place = 0; place < own.length; place += 1) own[place] = all[indices[place]];
  return own;
}

function named(labels: readonly string[], indices: Int32Array): readonly string[] {
  return Array.from(indices, (index) => labels[index]);
}

function objectiveOf(
  { linear, starts, columns, biases }: Objective,
  variables: Int32Array,
  placeOf: Int32Array,
  offset: number,
): Objective {
  const own = slices(starts, variables);
  return Object.freeze({
    offset,
    linear: sharedCopy(gathered(linear, variables)),
    starts: own.starts,
    columns: renumbered(columns, own, placeOf),
    biases: sharedCopy(gathered(biases, own.entries)),
  });
}

function rowsOf(all: ConstraintRows, rows: Int32Array, placeOf: Int32Array): ConstraintRows {
  const linear = slices(all.starts, rows);
  const pairs = slices(all.pairStarts, rows);
  return Object.freeze({
    count: rows.length,
    labels: Object.freeze(named(all.labels, rows)),
    comparisons: sharedUint8(gathered(all.comparisons, rows)),
    rightSides: sharedCopy(gathered(all.rightSides, rows)),
    weights: sharedCopy(gathered(all.weights, rows)),
    penalties: sharedUint8(gathered(all.penalties, rows)),
    shapes: sharedUint8(gathered(all.shapes, rows)),
    starts: linear.starts,
    columns: renumbered(all.columns, linear, placeOf),
    biases: sharedCopy(gathered(all.biases, linear.entries)),
    pairStarts: pairs.starts,
    pairFirsts: renumbered(all.pairFirsts, pairs, placeOf),
    pairSeconds: renumbered(all.pairSeconds, pairs, placeOf),
    pairBiases: sharedCopy(gathered(all.pairBiases, pairs.entries)),
  });
}

/** Some slices of a sparse array, one after the other. */
interface Slices {
  readonly starts: Int32Array;
  /** Where each entry stood in the array. */
  readonly entries: Int32Array;
}

function slices(starts: Int32Array, indices: Int32Array): Slices {
  const ownStarts = sharedInt32(indices.length + 1);
  for (let place = 0; place < indices.length; place += 1) {
    const index = indices[place];
    ownStarts[place + 1] = ownStarts[place] + starts[index + 1] - starts[index];
  }
  const entries = new Int32Array(ownStarts[indices.length]);
  for (let place = 0, at = 0; place < indices.length; place += 1) {
    const end = starts[indices[place] + 1];
    for (let entry = starts[indices[place]]; entry < end; entry += 1, at += 1) entries[at] = entry;
  }
  return { starts: ownStarts, entries };
}

function renumbered(variables: Int32Array, { entries }: Slices, placeOf: Int32Array): Int32Array {
  const own = sharedInt32(entries.length);
  for (let at = 0; at < own.length; at += 1) own[at] = placeOf[variables[entries[at]]];
  return own;
}
