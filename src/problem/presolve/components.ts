/**
 * Connected components: variables that no row and no interaction joins can be decided apart.
 */
import { interactionsOf, type QuadraticProblem } from "../model/quadratic-problem.ts";

/** The component of each variable, numbered from 0 in the order of their first variables. */
export interface Components {
  readonly count: number;
  readonly componentOf: Int32Array;
}

/** Finds the components by union and find, in time nearly linear in the terms. */
export function componentsOf(problem: QuadraticProblem): Components {
  const { variableCount, constraints: rows } = problem;
  const parents = Int32Array.from({ length: variableCount }, (_, index) => index);
  for (const [first, second] of interactionsOf(problem)) join(parents, first, second);
  for (let row = 0; row < rows.count; row += 1) {
    const start = rows.starts[row];
    const pairStart = rows.pairStarts[row];
    const anchor = rows.starts[row + 1] > start ? rows.columns[start] : rows.pairFirsts[pairStart];
    for (let entry = start; entry < rows.starts[row + 1]; entry += 1) {
      join(parents, anchor, rows.columns[entry]);
    }
    for (let entry = pairStart; entry < rows.pairStarts[row + 1]; entry += 1) {
      join(parents, anchor, rows.pairFirsts[entry]);
      join(parents, anchor, rows.pairSeconds[entry]);
    }
  }
  return numbered(parents);
}

function numbered(parents: Int32Array): Components {
  const numbers = new Int32Array(parents.length).fill(-1);
  const componentOf = new Int32Array(parents.length);
  let count = 0;
  for (let variable = 0; variable < parents.length; variable += 1) {
    const root = rootOf(parents, variable);
    if (numbers[root] < 0) {
      numbers[root] = count;
      count += 1;
    }
    componentOf[variable] = numbers[root];
  }
  return { count, componentOf };
}

function join(parents: Int32Array, a: number, b: number): void {
  const [first, second] = [rootOf(parents, a), rootOf(parents, b)];
  if (first < second) parents[second] = first;
  else parents[first] = second;
}

function rootOf(parents: Int32Array, variable: number): number {
  let current = variable;
  while (parents[current] !== current) {
    parents[current] = parents[parents[current]];
    current = parents[current];
  }
  return current;
}
