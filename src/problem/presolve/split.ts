/**
 * A problem taken apart: its connected components as problems of their own. An optimum of each is
 * an optimum of the whole, objectives add up, and a component without an answer leaves the whole
 * without one.
 */
import { addLike, itself, substituteRow } from "../conversion/substitution.ts";
import { ProblemAssembly } from "../model/assembly.ts";
import { interactionsOf, type QuadraticProblem } from "../model/quadratic-problem.ts";
import type { Sample } from "../problem.ts";
import { type Components, componentsOf } from "./components.ts";

/** One component, or several small ones together. */
export interface Part {
  readonly problem: QuadraticProblem;
  /** Index in the whole of each of its variables. */
  readonly variables: Int32Array;
}

/** Parts there are at most: every one costs a race. */
const PARTS_MAX = 16;

/**
 * The parts, smallest first; one where everything hangs together. The largest components stand by
 * themselves, all others together. One of them has the offset and the rows without variables.
 */
export function splitApart(problem: QuadraticProblem): readonly Part[] {
  const { partOf, count } = partsOf(componentsOf(problem));
  if (count <= 1) return [{ problem, variables: identity(problem.variableCount) }];
  const drafts = Array.from({ length: count }, () => openDraft(problem));
  const placeOf = Array.from(partOf, (part, variable) => {
    const { assembly, variables } = drafts[part];
    const place = addLike(problem, variable, assembly);
    assembly.addLinear(place, problem.objective.linear[variable]);
    variables.push(variable);
    return place;
  });
  const forms = placeOf.map(itself);
  drafts[0].assembly.addOffset(problem.objective.offset);
  for (const [first, second, bias] of interactionsOf(problem)) {
    drafts[partOf[first]].assembly.addQuadratic(placeOf[first], placeOf[second], bias);
  }
  for (let row = 0; row < problem.constraints.count; row += 1) {
    const anchor = anchorOf(problem, row);
    const part = anchor === undefined ? 0 : partOf[anchor];
    substituteRow(problem, row, forms, drafts[part].assembly);
  }
  const parts = drafts.map(({ assembly, variables }) => {
    return { problem: assembly.finish(), variables: Int32Array.from(variables) };
  });
  return parts.sort((a, b) => a.variables.length - b.variables.length);
}

interface PartDraft {
  readonly assembly: ProblemAssembly;
  readonly variables: number[];
}

function openDraft({ sense }: QuadraticProblem): PartDraft {
  return { assembly: new ProblemAssembly(sense), variables: [] };
}

/** The sample of the whole, from one of each part. */
export function joinParts(parts: readonly Part[], samples: readonly Sample[]): Sample {
  const values = new Int32Array(parts.reduce((sum, part) => sum + part.variables.length, 0));
  for (const [index, { variables }] of parts.entries()) {
    variables.forEach((variable, place) => {
      values[variable] = samples[index].values[place];
    });
  }
  return { values };
}

function partsOf({ count, componentOf }: Components) {
  const sizes = new Int32Array(count);
  for (const component of componentOf) sizes[component] += 1;
  const bySize = Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const rank = new Int32Array(count);
  for (const [place, component] of bySize.entries()) {
    rank[component] = Math.min(place, PARTS_MAX - 1);
  }
  const partOf = componentOf.map((component) => rank[component]);
  return { partOf, count: Math.min(count, PARTS_MAX) };
}

/** A variable of the row; rows without any belong nowhere in particular. */
function anchorOf({ constraints: rows }: QuadraticProblem, row: number): number | undefined {
  if (rows.starts[row + 1] > rows.starts[row]) return rows.columns[rows.starts[row]];
  const pair = rows.pairStarts[row];
  return rows.pairStarts[row + 1] > pair ? rows.pairFirsts[pair] : undefined;
}

function identity(length: number): Int32Array {
  return Int32Array.from({ length }, (_, index) => index);
}
