/**
 * The graph of a problem that is to be embedded: its variables and which of them interact.
 */
import type { QuadraticProblem } from "#problem";

/** Variables and their interactions, both ways. Every array is made once and never changed. */
export interface SourceGraph {
  readonly variableCount: number;
  readonly interactionCount: number;
  /** Neighbours of variable v: entries `starts[v]` up to but excluding `starts[v + 1]`. */
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
}

/** The graph of `pairs`, each of two different variables; a pair given twice counts once. */
export function sourceGraph(
  variableCount: number,
  pairs: Iterable<readonly [first: number, second: number]>,
): SourceGraph {
  const sets = Array.from({ length: variableCount }, () => new Set<number>());
  for (const [a, b] of pairs) {
    if (a === b) continue;
    sets[a].add(b);
    sets[b].add(a);
  }
  const starts = new Int32Array(variableCount + 1);
  sets.forEach((set, variable) => {
    starts[variable + 1] = starts[variable] + set.size;
  });
  const neighbours = Int32Array.from(sets.flatMap((set) => [...set].sort((a, b) => a - b)));
  return Object.freeze({
    variableCount,
    interactionCount: neighbours.length / 2,
    starts,
    neighbours,
  });
}

/** The graph of a problem's objective: its interactions that are not zero. */
export function sourceOf({ variableCount, objective }: QuadraticProblem): SourceGraph {
  const { starts, columns, biases } = objective;
  const pairs: (readonly [number, number])[] = [];
  for (let variable = 0; variable < variableCount; variable += 1) {
    for (let entry = starts[variable]; entry < starts[variable + 1]; entry += 1) {
      if (biases[entry] !== 0) pairs.push([variable, columns[entry]]);
    }
  }
  return sourceGraph(variableCount, pairs);
}
