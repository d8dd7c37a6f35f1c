/**
 * How like a tree the problem is: variables are neighbours if a product or a row has both, and are
 * eliminated one by one, least connected first, each joining its neighbours to each other. The most
 * neighbours met on the way is a bound on the treewidth (S. Arnborg, D. Corneil, A. Proskurowski,
 * "Complexity of finding embeddings in a k-tree", 1987; the order is the minimum-degree heuristic).
 */
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import { remembered } from "./remembered.ts";

/** Wider is not worth a dynamic programme over all combinations of neighbours. */
const WIDTH_MAX = 20;
/** How often the same pairs may be said on average before they are taken to be different. */
const REPEATS_MAX = 2;
/** From so many variables on, more pairs of each than this are not looked into: it takes long. */
const LARGE = 20_000;
const LARGE_PAIRS_EACH_MAX = 6;

/** An order in which few variables depend on each other at any time. */
export interface Elimination {
  /** Variables in the order of elimination; those with one value are left out. */
  readonly order: Int32Array;
  /** Neighbours at elimination, at most. */
  readonly width: number;
}

/** The order of least degrees, if its width is at most 20. */
export const eliminationOrder = remembered((problem) => orderOf(problem, WIDTH_MAX));

function orderOf(problem: QuadraticProblem, widthMax: number): Elimination | undefined {
  const neighbours = neighboursOf(problem, widthMax);
  if (neighbours === undefined) return undefined;
  const count = neighbours.reduce((sum, own) => sum + (own === undefined ? 0 : 1), 0);
  const order = new Int32Array(count);
  const byDegree: number[][] = Array.from({ length: widthMax + 1 }, () => []);
  const file = (variable: number, degree: number) => {
    if (degree <= widthMax) byDegree[degree].push(variable);
  };
  for (const [variable, own] of neighbours.entries()) {
    if (own !== undefined) file(variable, own.size);
  }
  const isGone = new Uint8Array(neighbours.length);
  let width = 0;
  for (let at = 0; at < count; at += 1) {
    const variable = leastConnected(byDegree, neighbours, isGone);
    const own = variable === undefined ? undefined : neighbours[variable];
    if (variable === undefined || own === undefined) return undefined;
    isGone[variable] = 1;
    order[at] = variable;
    width = Math.max(width, own.size);
    for (const neighbour of own) {
      const theirs = neighbours[neighbour];
      if (theirs === undefined) continue;
      theirs.delete(variable);
      for (const other of own) if (other !== neighbour) theirs.add(other);
      file(neighbour, theirs.size);
    }
  }
  return { order, width };
}

/** Takes the next variable that is still filed under its degree; `undefined` for none. */
function leastConnected(
  byDegree: readonly number[][],
  neighbours: readonly (ReadonlySet<number> | undefined)[],
  isGone: Uint8Array,
): number | undefined {
  for (let degree = 0; degree < byDegree.length; degree += 1) {
    for (;;) {
      const variable = byDegree[degree].pop();
      if (variable === undefined) break;
      if (isGone[variable] === 0 && neighbours[variable]?.size === degree) return variable;
    }
  }
  return undefined;
}

/** How many pairs products and rows have together, counting again those said again. */
function pairsSaid({ objective, constraints: rows }: QuadraticProblem): number {
  let count = objective.biases.length;
  for (let row = 0; row < rows.count; row += 1) {
    const length = rows.starts[row + 1] - rows.starts[row];
    count += (length * (length - 1)) / 2;
  }
  return count;
}

/** Who is whose neighbour; `undefined` where there are more than a graph of `widthMax` can have. */
function neighboursOf(
  problem: QuadraticProblem,
  widthMax: number,
): (Set<number> | undefined)[] | undefined {
  const { variableCount, lowerBounds, upperBounds, objective, constraints } = problem;
  // Sets for all variables are dear; most problems say so many pairs that it is clear before.
  const eachMax = variableCount < LARGE ? REPEATS_MAX * widthMax : LARGE_PAIRS_EACH_MAX;
  if (pairsSaid(problem) > eachMax * variableCount) return undefined;
  const neighbours = Array.from({ length: variableCount }, (_, variable) =>
    lowerBounds[variable] < upperBounds[variable] ? new Set<number>() : undefined,
  );
  // A graph of treewidth w has at most w edges per vertex; more pairs than that are too many.
  const budget = widthMax * variableCount;
  let pairCount = 0;
  const join = (one: number, other: number) => {
    if (one === other || neighbours[one] === undefined || neighbours[other] === undefined) return;
    if (!neighbours[one].has(other)) pairCount += 1;
    neighbours[one].add(other);
    neighbours[other].add(one);
  };
  for (let first = 0; first < variableCount && pairCount <= budget; first += 1) {
    for (let entry = objective.starts[first]; entry < objective.starts[first + 1]; entry += 1) {
      if (objective.biases[entry] !== 0) join(first, objective.columns[entry]);
    }
  }
  for (let row = 0; row < constraints.count && pairCount <= budget; row += 1) {
    const members = membersOf(constraints, row).filter((one) => neighbours[one] !== undefined);
    if (members.length > widthMax + 1) return undefined;
    for (const [at, one] of members.entries()) {
      for (const other of members.slice(0, at)) join(one, other);
    }
  }
  return pairCount <= budget ? neighbours : undefined;
}

/** The variables a row depends on, each once. */
function membersOf(rows: QuadraticProblem["constraints"], row: number): number[] {
  const members = new Set<number>();
  for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
    if (rows.biases[entry] !== 0) members.add(rows.columns[entry]);
  }
  for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
    if (rows.pairBiases[entry] === 0) continue;
    members.add(rows.pairFirsts[entry]);
    members.add(rows.pairSeconds[entry]);
  }
  return [...members];
}
