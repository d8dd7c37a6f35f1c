/**
 * A problem taken apart: its connected components as problems of their own. An optimum of each is
 * an optimum of the whole, objectives add up, and a component without an answer leaves the whole
 * without one.
 */
import { allIndices } from "../model/extent.ts";
import { type QuadraticProblem, VARTYPE } from "../model/quadratic-problem.ts";
import type { Sample } from "../problem.ts";
import { type Components, componentsOf } from "./components.ts";
import { type Part, separate } from "./separate.ts";

/**
 * Components with so few combinations are solved many at a time: their union is tree-like, and one
 * run proves it, however many they are.
 */
const COMBINATIONS_MAX = 2 ** 12;
/** From so many of them on, and up to so many variables together. */
const TOGETHER_MIN = 64;
const TOGETHER_VARIABLES_MAX = 100_000;
/** Components solved by themselves, at most: every one costs a race. */
const ALONE_MAX = 1000;

/**
 * The parts, smallest first; one where everything hangs together. Every component is a part, with
 * two exceptions: many with few combinations are parts together, and where there are more than
 * {@link ALONE_MAX} others, the smallest of those are one. One part has the offset and the rows
 * without variables.
 */
export function splitApart(problem: QuadraticProblem): readonly Part[] {
  const components = componentsOf(problem);
  const { partOf, count } = partsOf(components, hasFewCombinations(problem, components));
  if (count <= 1) return [{ problem, variables: allIndices(problem.variableCount) }];
  const parts = [...separate(problem, partOf, count)];
  return parts.sort((a, b) => a.variables.length - b.variables.length);
}

/** The sample of the whole, from one of each part. */
export function joinParts(parts: readonly Part[], samples: readonly Sample[]): Sample {
  const values = new Int32Array(parts.reduce((sum, part) => sum + part.variables.length, 0));
  for (const [index, { variables }] of parts.entries()) {
    const own = samples[index].values;
    for (let place = 0; place < own.length; place += 1) values[variables[place]] = own[place];
  }
  return { values };
}

/** 1 for each component with few combinations, where there are many such. */
function hasFewCombinations(
  { vartypes, lowerBounds, upperBounds }: QuadraticProblem,
  { count, componentOf }: Components,
): Uint8Array {
  const combinations = new Float64Array(count).fill(1);
  for (let variable = 0; variable < componentOf.length; variable += 1) {
    const span = upperBounds[variable] - lowerBounds[variable];
    combinations[componentOf[variable]] *= vartypes[variable] === VARTYPE.spin ? 2 : span + 1;
  }
  const isFew = Uint8Array.from(combinations, (number) => (number <= COMBINATIONS_MAX ? 1 : 0));
  const few = isFew.reduce((sum, one) => sum + one, 0);
  return few < TOGETHER_MIN ? isFew.fill(0) : isFew;
}

/** Numbers the parts: the large components first, then those that are solved together. */
function partsOf({ count, componentOf }: Components, isFew: Uint8Array) {
  const sizes = new Int32Array(count);
  for (const component of componentOf) sizes[component] += 1;
  const order = Int32Array.from(sizes.keys());
  order.sort((a, b) => isFew[a] - isFew[b] || sizes[b] - sizes[a] || a - b);
  const partOf = new Int32Array(count);
  let used = 0;
  let room = 0;
  for (const [place, component] of order.entries()) {
    const opens = isFew[component] === 1 ? room < sizes[component] : place <= ALONE_MAX;
    if (opens) {
      used += 1;
      room = isFew[component] === 1 ? TOGETHER_VARIABLES_MAX : 0;
    }
    room -= sizes[component];
    partOf[component] = used - 1;
  }
  return { partOf: componentOf.map((component) => partOf[component]), count: used };
}
